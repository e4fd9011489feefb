// Rules for every page of the site. A rule that is off says why.

export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // On a phone rows of a table are laid out as cards. `display: block` takes the meaning of a table away from
    // screen readers unless the roles stand in the markup.
    "no-redundant-role": "off",
    // The titles of orders and roadmaps are as long as they were printed; a title cut short names another document.
    "long-title": "off",
    // A number is found by the browser's search and copied as it is typed: hyphens stay ordinary ones. On the site's
    // own pages the style keeps a phone on one line.
    "tel-non-breaking": "off",
  },
};
