// The theme gives the search dialog no name.
document.querySelector(".md-search").setAttribute("aria-label", "Search");
