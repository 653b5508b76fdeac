"""From a package that is ready to one that users can install, and nothing unsafe in between."""
