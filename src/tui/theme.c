/*
 * theme.c - the table of styles.
 */
#include "tui/theme.h"

struct theme_style
theme_style(enum style style)
{
	static const struct theme_style styles[] = {
#define X(name, colour, attributes) [STYLE_##name] = {colour, attributes},
	        STYLES(X)
#undef X
	};

	return styles[style];
}
