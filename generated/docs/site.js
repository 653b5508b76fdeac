// The theme gives the search dialog no name.
document.querySelector(".md-search").setAttribute("aria-label", "Search");

// What can be moved sideways can be moved with the keyboard.
for (const each of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset p:has(> img)")) {
  if (each.scrollWidth > each.clientWidth) each.tabIndex = 0;
}
