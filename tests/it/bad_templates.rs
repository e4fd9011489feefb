//! A theme's own templates and assets: what is wrong in them is told in them.

use crate::place::{Place, finding};

const NEWS: &str = "themes/default/templates/news.html";

finding!(template_syntax, p, {
    p.write(
        NEWS,
        "{% extends \"base.html\" %}\n{% block main %}\n  {{ page.title }\n{% endblock %}\n",
    );
});
finding!(template_unknown_field, p, {
    p.write(
        NEWS,
        "{% extends \"base.html\" %}\n{% block main %}\n  <p>{{ page.nichego }}</p>\n{% endblock %}\n",
    );
});
finding!(template_unknown_filter, p, {
    p.write(NEWS, "<p>{{ page.title | krasivo }}</p>\n");
});
finding!(template_parent_missing, p, {
    p.write(NEWS, "{% extends \"osnova.html\" %}\n");
});
finding!(template_part_missing, p, {
    p.write(NEWS, "{% include \"partials/net.html\" %}\n");
});
finding!(template_not_utf_8, p, {
    p.write(NEWS, b"<p>\xcd\xee\xe2\xee\xf1\xf2\xfc</p>\n".as_slice());
});
finding!(theme_missing, p, {
    p.append("content/site.yaml", "theme: krasivaya\n");
});

/// A file of the site's own theme takes the place of the built-in one, and only of that.
#[test]
fn one_file_is_overridden() {
    let place = Place::new();
    place.write(
        "themes/svoya/templates/partials/footer.html",
        "<footer class=\"site-footer\"><p>Свой подвал</p></footer>\n",
    );
    place.write("themes/svoya/assets/svoj.css", "p { margin: 0 }\n");
    place.append("content/site.yaml", "theme: svoya\n");
    place.must_build(&[]);
    let site = place.site();
    let home = String::from_utf8_lossy(&site["index.html"]).into_owned();
    assert!(home.contains("Свой подвал"));
    assert!(site.contains_key("assets/svoj.css") && site.contains_key("assets/style.css"));
}
