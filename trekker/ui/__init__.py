"""Components, form templates, styles and behaviours of every screen that is ours."""
