// What html-validate looks for in the served pages: its own recommendation,
// less what is no error of HTML. Each rule that is off says why.
module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // <!doctype html> may be written in either case; the templates write it small.
    "doctype-style": "off",
    // Elements without content may be written with or without the last slash.
    "void-style": "off",
    // Blanks at the end of lines are those of stories and old pages.
    "no-trailing-whitespace": "off",
    // Titles are those of stories, however long.
    "long-title": "off",
  },
};
