//! The names of HTML: takes the name of an element or attribute, gives what matters about it here. Names that
//! are on no list may themselves say something.

/// What an element does to the text round it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ends the line of text.
    Block,
    /// Stands in it.
    Inline,
    /// Stands in it and holds nothing.
    Void,
    /// Stands in it, while what it holds does not.
    Aside,
    /// On no list: a name somebody made up.
    Other,
}

pub(super) fn element(name: &str) -> Kind {
    match name.as_bytes() {
        b"a" | b"abbr" | b"acronym" | b"b" | b"bdi" | b"bdo" | b"big" | b"blink" | b"cite"
        | b"code" | b"data" | b"del" | b"dfn" | b"em" | b"font" | b"i" | b"ins" | b"kbd"
        | b"label" | b"map" | b"mark" | b"math" | b"meter" | b"nobr" | b"output" | b"picture"
        | b"progress" | b"q" | b"ruby" | b"s" | b"samp" | b"script" | b"slot" | b"small"
        | b"span" | b"strike" | b"strong" | b"style" | b"sub" | b"sup" | b"svg" | b"time"
        | b"tt" | b"u" | b"var" | b"g" | b"path" | b"text" | b"tspan" | b"circle" | b"rect"
        | b"use" | b"defs" | b"line" | b"symbol" | b"mi" | b"mo" | b"mn" | b"mrow" | b"msub"
        | b"msup" | b"mfrac" | b"mtext" | b"semantics" => Kind::Inline,
        b"area" | b"base" | b"br" | b"img" | b"link" | b"meta" | b"param" | b"source"
        | b"track" | b"wbr" | b"col" | b"embed" | b"frame" | b"input" => Kind::Void,
        b"audio" | b"button" | b"canvas" | b"datalist" | b"dialog" | b"iframe" | b"noembed"
        | b"noframes" | b"noscript" | b"object" | b"rp" | b"rt" | b"select" | b"template"
        | b"textarea" | b"title" | b"video" => Kind::Aside,
        b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"caption" | b"center"
        | b"colgroup" | b"dd" | b"details" | b"dir" | b"div" | b"dl" | b"dt" | b"fieldset"
        | b"figcaption" | b"figure" | b"footer" | b"form" | b"frameset" | b"h1" | b"h2" | b"h3"
        | b"h4" | b"h5" | b"h6" | b"head" | b"header" | b"hgroup" | b"hr" | b"html" | b"legend"
        | b"li" | b"main" | b"menu" | b"nav" | b"ol" | b"optgroup" | b"option" | b"p"
        | b"plaintext" | b"pre" | b"search" | b"section" | b"summary" | b"table" | b"tbody"
        | b"td" | b"tfoot" | b"th" | b"thead" | b"tr" | b"ul" | b"xmp" => Kind::Block,
        _ => Kind::Other,
    }
}

/// What the value of an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    Address,
    /// Addresses with sizes.
    Addresses,
    Page,
    Style,
    /// The same on many elements of a page.
    Common,
    Text,
    /// On no list.
    Other,
}

pub(super) fn attribute(name: &str) -> Value {
    match name.as_bytes() {
        b"href" | b"src" | b"action" | b"formaction" | b"poster" | b"cite" | b"background"
        | b"data" | b"xlink:href" | b"longdesc" | b"manifest" | b"ping" | b"data-src"
        | b"data-href" | b"data-url" | b"codebase" | b"archive" | b"profile" => Value::Address,
        b"srcset" | b"imagesrcset" => Value::Addresses,
        b"srcdoc" => Value::Page,
        b"style" => Value::Style,
        b"class" | b"id" | b"rel" | b"type" | b"width" | b"height" | b"name" | b"role"
        | b"lang" | b"dir" | b"target" | b"for" | b"colspan" | b"rowspan" | b"hidden"
        | b"tabindex" | b"charset" | b"media" | b"method" | b"sizes" | b"loading" | b"decoding"
        | b"scope" | b"headers" | b"align" | b"valign" | b"border" | b"color" | b"size"
        | b"viewbox" | b"fill" | b"stroke" | b"aria-hidden" | b"aria-current" | b"integrity"
        | b"crossorigin" | b"http-equiv" | b"property" | b"itemprop" | b"itemtype"
        | b"itemscope" | b"xmlns" | b"rows" | b"cols" => Value::Common,
        b"title" | b"alt" | b"content" | b"value" | b"placeholder" | b"label" | b"summary"
        | b"aria-label" | b"aria-describedby" | b"aria-labelledby" | b"aria-controls"
        | b"aria-expanded" | b"datetime" | b"abbr" | b"d" | b"open" | b"checked" | b"disabled"
        | b"selected" | b"required" | b"readonly" | b"async" | b"defer" | b"download"
        | b"autocomplete" | b"start" | b"reversed" | b"data-no" => Value::Text,
        _ => Value::Other,
    }
}

/// Whether a style attribute takes its element out of the text a reader sees.
pub(super) fn hides(style: &str) -> bool {
    let flat: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase();
    let part = |p: &str| {
        p == "display:none"
            || p == "visibility:hidden"
            || p == "opacity:0"
            || p == "font-size:0"
            || p == "font-size:0px"
    };
    flat.split(';')
        .any(|p| part(p.trim_end_matches("!important")))
}

/// Whether a style attribute puts its element where it likes.
pub(super) fn places(style: &str) -> bool {
    style.split(';').any(|part| {
        let name = part.split(':').next().unwrap_or_default().trim();
        matches!(
            name.to_ascii_lowercase().as_str(),
            "position"
                | "left"
                | "right"
                | "top"
                | "inset"
                | "order"
                | "float"
                | "transform"
                | "translate"
                | "offset-path"
                | "margin-left"
                | "grid-area"
                | "grid-column"
                | "inset-inline-start"
        )
    })
}

/// The name in lower case; long ones stay as they are.
pub(super) fn lower<'b>(name: &'b str, buffer: &'b mut [u8; 16]) -> &'b str {
    if !name.bytes().any(|b| b.is_ascii_uppercase()) {
        return name;
    }
    match buffer.get_mut(..name.len()) {
        Some(space) => {
            space.copy_from_slice(name.as_bytes());
            space.make_ascii_lowercase();
            std::str::from_utf8(space).unwrap_or(name)
        }
        None => name,
    }
}
