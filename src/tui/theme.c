/*
 * theme.c - the table of looks: a row for each role, a column for what the terminal can and what its background is.
 *
 * On an unknown background there are only attributes, and of the eight colours those that can be read on black and on
 * white alike: red and magenta.
 */
#include "tui/theme.h"

#include <stdlib.h>
#include <string.h>

enum palette {
	NO_COLOURS,
	ANY_BACKGROUND,
	DARK_8,
	LIGHT_8,
	DARK_16,
	LIGHT_16,
	DARK_256,
	LIGHT_256,
	PALETTES,
};

enum {
	BOLD = THEME_BOLD,
	DIM = THEME_DIM,
	REVERSE = THEME_REVERSE,
	UNDERLINE = THEME_UNDERLINE,
	ITALIC = THEME_ITALIC,
	OWN = -1,
};

/* clang-format off */
static const struct theme_style styles[STYLE_COUNT][PALETTES] = {
	[STYLE_TEXT] = {
		[NO_COLOURS] = {OWN, OWN, 0},         [ANY_BACKGROUND] = {OWN, OWN, 0},
		[DARK_8]     = {OWN, OWN, 0},         [LIGHT_8]        = {OWN, OWN, 0},
		[DARK_16]    = {OWN, OWN, 0},         [LIGHT_16]       = {OWN, OWN, 0},
		[DARK_256]   = {OWN, OWN, 0},         [LIGHT_256]      = {OWN, OWN, 0},
	},
	[STYLE_PROMPT] = {
		[NO_COLOURS] = {OWN, OWN, BOLD},      [ANY_BACKGROUND] = {5, OWN, BOLD},
		[DARK_8]     = {6, OWN, BOLD},        [LIGHT_8]        = {4, OWN, BOLD},
		[DARK_16]    = {14, OWN, BOLD},       [LIGHT_16]       = {4, OWN, BOLD},
		[DARK_256]   = {117, OWN, BOLD},      [LIGHT_256]      = {25, OWN, BOLD},
	},
	[STYLE_THINKING] = {
		[NO_COLOURS] = {OWN, OWN, DIM},       [ANY_BACKGROUND] = {OWN, OWN, DIM},
		[DARK_8]     = {OWN, OWN, DIM},       [LIGHT_8]        = {OWN, OWN, DIM},
		[DARK_16]    = {OWN, OWN, DIM},       [LIGHT_16]       = {OWN, OWN, DIM},
		[DARK_256]   = {247, OWN, 0},         [LIGHT_256]      = {241, OWN, 0},
	},
	[STYLE_NOTE] = {
		[NO_COLOURS] = {OWN, OWN, DIM},       [ANY_BACKGROUND] = {OWN, OWN, DIM},
		[DARK_8]     = {OWN, OWN, DIM},       [LIGHT_8]        = {OWN, OWN, DIM},
		[DARK_16]    = {OWN, OWN, DIM},       [LIGHT_16]       = {OWN, OWN, DIM},
		[DARK_256]   = {245, OWN, 0},         [LIGHT_256]      = {242, OWN, 0},
	},
	[STYLE_MUTED] = {
		[NO_COLOURS] = {OWN, OWN, DIM},       [ANY_BACKGROUND] = {OWN, OWN, DIM},
		[DARK_8]     = {OWN, OWN, DIM},       [LIGHT_8]        = {OWN, OWN, DIM},
		[DARK_16]    = {OWN, OWN, DIM},       [LIGHT_16]       = {OWN, OWN, DIM},
		[DARK_256]   = {240, OWN, 0},         [LIGHT_256]      = {247, OWN, 0},
	},
	[STYLE_ERROR] = {
		[NO_COLOURS] = {OWN, OWN, BOLD},      [ANY_BACKGROUND] = {1, OWN, BOLD},
		[DARK_8]     = {1, OWN, BOLD},        [LIGHT_8]        = {1, OWN, BOLD},
		[DARK_16]    = {9, OWN, BOLD},        [LIGHT_16]       = {1, OWN, BOLD},
		[DARK_256]   = {210, OWN, BOLD},      [LIGHT_256]      = {124, OWN, BOLD},
	},
	[STYLE_EMPHASIS] = {
		[NO_COLOURS] = {OWN, OWN, ITALIC}, [ANY_BACKGROUND] = {OWN, OWN, ITALIC},
		[DARK_8]     = {OWN, OWN, ITALIC}, [LIGHT_8]        = {OWN, OWN, ITALIC},
		[DARK_16]    = {OWN, OWN, ITALIC}, [LIGHT_16]       = {OWN, OWN, ITALIC},
		[DARK_256]   = {OWN, OWN, ITALIC}, [LIGHT_256]      = {OWN, OWN, ITALIC},
	},
	[STYLE_STRONG] = {
		[NO_COLOURS] = {OWN, OWN, BOLD}, [ANY_BACKGROUND] = {OWN, OWN, BOLD},
		[DARK_8]     = {OWN, OWN, BOLD}, [LIGHT_8]        = {OWN, OWN, BOLD},
		[DARK_16]    = {OWN, OWN, BOLD}, [LIGHT_16]       = {OWN, OWN, BOLD},
		[DARK_256]   = {OWN, OWN, BOLD}, [LIGHT_256]      = {OWN, OWN, BOLD},
	},
	[STYLE_STRONG_EMPHASIS] = {
		[NO_COLOURS] = {OWN, OWN, BOLD | ITALIC}, [ANY_BACKGROUND] = {OWN, OWN, BOLD | ITALIC},
		[DARK_8]     = {OWN, OWN, BOLD | ITALIC}, [LIGHT_8]        = {OWN, OWN, BOLD | ITALIC},
		[DARK_16]    = {OWN, OWN, BOLD | ITALIC}, [LIGHT_16]       = {OWN, OWN, BOLD | ITALIC},
		[DARK_256]   = {OWN, OWN, BOLD | ITALIC}, [LIGHT_256]      = {OWN, OWN, BOLD | ITALIC},
	},
	[STYLE_STRUCK] = {
		[NO_COLOURS] = {OWN, OWN, DIM}, [ANY_BACKGROUND] = {OWN, OWN, DIM},
		[DARK_8]     = {OWN, OWN, DIM}, [LIGHT_8]        = {OWN, OWN, DIM},
		[DARK_16]    = {OWN, OWN, DIM}, [LIGHT_16]       = {OWN, OWN, DIM},
		[DARK_256]   = {245, OWN, 0}, [LIGHT_256]      = {242, OWN, 0},
	},
	[STYLE_HEADING] = {
		[NO_COLOURS] = {OWN, OWN, BOLD | UNDERLINE}, [ANY_BACKGROUND] = {5, OWN, BOLD},
		[DARK_8]     = {6, OWN, BOLD}, [LIGHT_8]        = {4, OWN, BOLD},
		[DARK_16]    = {14, OWN, BOLD}, [LIGHT_16]       = {4, OWN, BOLD},
		[DARK_256]   = {117, OWN, BOLD}, [LIGHT_256]      = {25, OWN, BOLD},
	},
	[STYLE_CODE] = {
		[NO_COLOURS] = {OWN, OWN, DIM}, [ANY_BACKGROUND] = {5, OWN, 0},
		[DARK_8]     = {3, OWN, 0}, [LIGHT_8]        = {5, OWN, 0},
		[DARK_16]    = {11, OWN, 0}, [LIGHT_16]       = {5, OWN, 0},
		[DARK_256]   = {223, OWN, 0}, [LIGHT_256]      = {94, OWN, 0},
	},
	[STYLE_LINK] = {
		[NO_COLOURS] = {OWN, OWN, UNDERLINE}, [ANY_BACKGROUND] = {OWN, OWN, UNDERLINE},
		[DARK_8]     = {OWN, OWN, UNDERLINE}, [LIGHT_8]        = {OWN, OWN, UNDERLINE},
		[DARK_16]    = {12, OWN, UNDERLINE}, [LIGHT_16]       = {4, OWN, UNDERLINE},
		[DARK_256]   = {111, OWN, UNDERLINE}, [LIGHT_256]      = {25, OWN, UNDERLINE},
	},
	[STYLE_TARGET] = {
		[NO_COLOURS] = {OWN, OWN, DIM}, [ANY_BACKGROUND] = {OWN, OWN, DIM},
		[DARK_8]     = {OWN, OWN, DIM}, [LIGHT_8]        = {OWN, OWN, DIM},
		[DARK_16]    = {OWN, OWN, DIM}, [LIGHT_16]       = {OWN, OWN, DIM},
		[DARK_256]   = {247, OWN, 0}, [LIGHT_256]      = {241, OWN, 0},
	},
	[STYLE_SIGN] = {
		[NO_COLOURS] = {OWN, OWN, DIM}, [ANY_BACKGROUND] = {OWN, OWN, DIM},
		[DARK_8]     = {OWN, OWN, DIM}, [LIGHT_8]        = {OWN, OWN, DIM},
		[DARK_16]    = {OWN, OWN, DIM}, [LIGHT_16]       = {OWN, OWN, DIM},
		[DARK_256]   = {245, OWN, 0}, [LIGHT_256]      = {242, OWN, 0},
	},
	[STYLE_MARK] = {
		[NO_COLOURS] = {OWN, OWN, REVERSE},   [ANY_BACKGROUND] = {OWN, OWN, REVERSE},
		[DARK_8]     = {OWN, OWN, REVERSE},   [LIGHT_8]        = {OWN, OWN, REVERSE},
		[DARK_16]    = {OWN, OWN, REVERSE},   [LIGHT_16]       = {OWN, OWN, REVERSE},
		[DARK_256]   = {16, 117, 0},          [LIGHT_256]      = {231, 25, 0},
	},
	[STYLE_CHOSEN] = {
		[NO_COLOURS] = {OWN, OWN, REVERSE},   [ANY_BACKGROUND] = {OWN, OWN, REVERSE},
		[DARK_8]     = {OWN, OWN, REVERSE},   [LIGHT_8]        = {OWN, OWN, REVERSE},
		[DARK_16]    = {OWN, OWN, REVERSE},   [LIGHT_16]       = {OWN, OWN, REVERSE},
		[DARK_256]   = {255, 239, BOLD},      [LIGHT_256]      = {232, 251, BOLD},
	},
	[STYLE_HIT] = {
		[NO_COLOURS] = {OWN, OWN, BOLD | UNDERLINE}, [ANY_BACKGROUND] = {OWN, OWN, BOLD | UNDERLINE},
		[DARK_8]     = {3, OWN, BOLD | UNDERLINE},   [LIGHT_8]        = {5, OWN, BOLD | UNDERLINE},
		[DARK_16]    = {11, OWN, BOLD | UNDERLINE},  [LIGHT_16]       = {5, OWN, BOLD | UNDERLINE},
		[DARK_256]   = {221, OWN, BOLD | UNDERLINE}, [LIGHT_256]      = {90, OWN, BOLD | UNDERLINE},
	},
	[STYLE_HIT_HERE] = {
		[NO_COLOURS] = {OWN, OWN, BOLD | REVERSE}, [ANY_BACKGROUND] = {OWN, OWN, BOLD | REVERSE},
		[DARK_8]     = {3, OWN, BOLD | REVERSE},   [LIGHT_8]        = {5, OWN, BOLD | REVERSE},
		[DARK_16]    = {11, OWN, BOLD | REVERSE},  [LIGHT_16]       = {5, OWN, BOLD | REVERSE},
		[DARK_256]   = {16, 221, BOLD},            [LIGHT_256]      = {231, 90, BOLD},
	},
	[STYLE_HIT_CHOSEN] = {
		[NO_COLOURS] = {OWN, OWN, BOLD | UNDERLINE | REVERSE},
		[ANY_BACKGROUND] = {OWN, OWN, BOLD | UNDERLINE | REVERSE},
		[DARK_8]     = {OWN, OWN, BOLD | UNDERLINE | REVERSE},
		[LIGHT_8]    = {OWN, OWN, BOLD | UNDERLINE | REVERSE},
		[DARK_16]    = {OWN, OWN, BOLD | UNDERLINE | REVERSE},
		[LIGHT_16]   = {OWN, OWN, BOLD | UNDERLINE | REVERSE},
		[DARK_256]   = {221, 239, BOLD | UNDERLINE}, [LIGHT_256]      = {90, 251, BOLD | UNDERLINE},
	},
	[STYLE_PANE] = {
		[NO_COLOURS] = {OWN, OWN, 0},         [ANY_BACKGROUND] = {OWN, OWN, 0},
		[DARK_8]     = {OWN, OWN, 0},         [LIGHT_8]        = {OWN, OWN, 0},
		[DARK_16]    = {OWN, OWN, 0},         [LIGHT_16]       = {OWN, OWN, 0},
		[DARK_256]   = {248, OWN, 0},         [LIGHT_256]      = {240, OWN, 0},
	},
	[STYLE_PANE_FOCUSED] = {
		[NO_COLOURS] = {OWN, OWN, BOLD},      [ANY_BACKGROUND] = {5, OWN, BOLD},
		[DARK_8]     = {6, OWN, BOLD},        [LIGHT_8]        = {4, OWN, BOLD},
		[DARK_16]    = {14, OWN, BOLD},       [LIGHT_16]       = {4, OWN, BOLD},
		[DARK_256]   = {117, OWN, BOLD},      [LIGHT_256]      = {25, OWN, BOLD},
	},
	[STYLE_CODE_KEYWORD] = {
		[NO_COLOURS] = {OWN, OWN, BOLD},      [ANY_BACKGROUND] = {OWN, OWN, BOLD},
		[DARK_8]     = {5, OWN, BOLD},        [LIGHT_8]        = {4, OWN, BOLD},
		[DARK_16]    = {13, OWN, 0},          [LIGHT_16]       = {5, OWN, BOLD},
		[DARK_256]   = {177, OWN, 0},         [LIGHT_256]      = {91, OWN, 0},
	},
	[STYLE_CODE_TYPE] = {
		[NO_COLOURS] = {OWN, OWN, 0},         [ANY_BACKGROUND] = {5, OWN, 0},
		[DARK_8]     = {6, OWN, 0},           [LIGHT_8]        = {4, OWN, 0},
		[DARK_16]    = {14, OWN, 0},          [LIGHT_16]       = {4, OWN, 0},
		[DARK_256]   = {80, OWN, 0},          [LIGHT_256]      = {24, OWN, 0},
	},
	[STYLE_CODE_NAME] = {
		[NO_COLOURS] = {OWN, OWN, 0},         [ANY_BACKGROUND] = {OWN, OWN, 0},
		[DARK_8]     = {OWN, OWN, 0},         [LIGHT_8]        = {OWN, OWN, 0},
		[DARK_16]    = {12, OWN, 0},          [LIGHT_16]       = {4, OWN, BOLD},
		[DARK_256]   = {111, OWN, 0},         [LIGHT_256]      = {26, OWN, 0},
	},
	[STYLE_CODE_STRING] = {
		[NO_COLOURS] = {OWN, OWN, 0},         [ANY_BACKGROUND] = {5, OWN, 0},
		[DARK_8]     = {2, OWN, 0},           [LIGHT_8]        = {5, OWN, 0},
		[DARK_16]    = {10, OWN, 0},          [LIGHT_16]       = {2, OWN, 0},
		[DARK_256]   = {150, OWN, 0},         [LIGHT_256]      = {28, OWN, 0},
	},
	[STYLE_CODE_NUMBER] = {
		[NO_COLOURS] = {OWN, OWN, 0},         [ANY_BACKGROUND] = {5, OWN, 0},
		[DARK_8]     = {3, OWN, 0},           [LIGHT_8]        = {1, OWN, 0},
		[DARK_16]    = {11, OWN, 0},          [LIGHT_16]       = {1, OWN, 0},
		[DARK_256]   = {215, OWN, 0},         [LIGHT_256]      = {130, OWN, 0},
	},
	[STYLE_CODE_SPECIAL] = {
		[NO_COLOURS] = {OWN, OWN, 0},         [ANY_BACKGROUND] = {OWN, OWN, 0},
		[DARK_8]     = {6, OWN, 0},           [LIGHT_8]        = {OWN, OWN, 0},
		[DARK_16]    = {14, OWN, 0},          [LIGHT_16]       = {OWN, OWN, 0},
		[DARK_256]   = {116, OWN, 0},         [LIGHT_256]      = {94, OWN, 0},
	},
	[STYLE_CODE_PREPROCESSOR] = {
		[NO_COLOURS] = {OWN, OWN, 0},         [ANY_BACKGROUND] = {1, OWN, 0},
		[DARK_8]     = {5, OWN, 0},           [LIGHT_8]        = {1, OWN, 0},
		[DARK_16]    = {13, OWN, 0},          [LIGHT_16]       = {1, OWN, 0},
		[DARK_256]   = {175, OWN, 0},         [LIGHT_256]      = {125, OWN, 0},
	},
	[STYLE_CODE_COMMENT] = {
		[NO_COLOURS] = {OWN, OWN, DIM},       [ANY_BACKGROUND] = {OWN, OWN, DIM},
		[DARK_8]     = {OWN, OWN, DIM},       [LIGHT_8]        = {OWN, OWN, DIM},
		[DARK_16]    = {OWN, OWN, DIM},       [LIGHT_16]       = {OWN, OWN, DIM},
		[DARK_256]   = {245, OWN, 0},         [LIGHT_256]      = {242, OWN, 0},
	},
	[STYLE_CODE_NOTICE] = {
		[NO_COLOURS] = {OWN, OWN, BOLD},      [ANY_BACKGROUND] = {OWN, OWN, BOLD},
		[DARK_8]     = {3, OWN, BOLD},        [LIGHT_8]        = {1, OWN, BOLD},
		[DARK_16]    = {11, OWN, BOLD},       [LIGHT_16]       = {1, OWN, BOLD},
		[DARK_256]   = {221, OWN, BOLD},      [LIGHT_256]      = {130, OWN, BOLD},
	},
	[STYLE_CODE_ADDED] = {
		[NO_COLOURS] = {OWN, OWN, BOLD},      [ANY_BACKGROUND] = {OWN, OWN, BOLD},
		[DARK_8]     = {2, OWN, 0},           [LIGHT_8]        = {2, OWN, BOLD},
		[DARK_16]    = {10, OWN, 0},          [LIGHT_16]       = {2, OWN, BOLD},
		[DARK_256]   = {114, OWN, 0},         [LIGHT_256]      = {28, OWN, 0},
	},
	[STYLE_CODE_REMOVED] = {
		[NO_COLOURS] = {OWN, OWN, DIM},       [ANY_BACKGROUND] = {1, OWN, 0},
		[DARK_8]     = {1, OWN, 0},           [LIGHT_8]        = {1, OWN, 0},
		[DARK_16]    = {9, OWN, 0},           [LIGHT_16]       = {1, OWN, 0},
		[DARK_256]   = {210, OWN, 0},         [LIGHT_256]      = {124, OWN, 0},
	},
	[STYLE_LENS_LIKELY] = {
		[NO_COLOURS] = {OWN, OWN, DIM},       [ANY_BACKGROUND] = {OWN, OWN, DIM},
		[DARK_8]     = {6, OWN, 0},           [LIGHT_8]        = {4, OWN, 0},
		[DARK_16]    = {14, OWN, 0},          [LIGHT_16]       = {4, OWN, 0},
		[DARK_256]   = {253, 237, 0},         [LIGHT_256]      = {235, 230, 0},
	},
	[STYLE_LENS_UNSURE] = {
		[NO_COLOURS] = {OWN, OWN, UNDERLINE}, [ANY_BACKGROUND] = {5, OWN, UNDERLINE},
		[DARK_8]     = {3, OWN, UNDERLINE},   [LIGHT_8]        = {5, OWN, UNDERLINE},
		[DARK_16]    = {11, OWN, UNDERLINE},  [LIGHT_16]       = {5, OWN, UNDERLINE},
		[DARK_256]   = {230, 58, 0},          [LIGHT_256]      = {235, 222, 0},
	},
	[STYLE_LENS_RARE] = {
		[NO_COLOURS] = {OWN, OWN, BOLD | UNDERLINE}, [ANY_BACKGROUND] = {1, OWN, BOLD | UNDERLINE},
		[DARK_8]     = {1, OWN, BOLD | UNDERLINE},   [LIGHT_8]        = {1, OWN, BOLD | UNDERLINE},
		[DARK_16]    = {9, OWN, BOLD | UNDERLINE},   [LIGHT_16]       = {1, OWN, BOLD | UNDERLINE},
		[DARK_256]   = {231, 88, BOLD},              [LIGHT_256]      = {235, 217, BOLD},
	},
	[STYLE_PICTURE] = {
		[NO_COLOURS] = {OWN, OWN, 0},         [ANY_BACKGROUND] = {OWN, OWN, 0},
		[DARK_8]     = {OWN, OWN, 0},         [LIGHT_8]        = {OWN, OWN, 0},
		[DARK_16]    = {OWN, OWN, 0},         [LIGHT_16]       = {OWN, OWN, 0},
		[DARK_256]   = {OWN, OWN, 0},         [LIGHT_256]      = {OWN, OWN, 0},
	},
	[STYLE_STATUS] = {
		[NO_COLOURS] = {OWN, OWN, REVERSE},   [ANY_BACKGROUND] = {OWN, OWN, REVERSE},
		[DARK_8]     = {OWN, OWN, REVERSE},   [LIGHT_8]        = {OWN, OWN, REVERSE},
		[DARK_16]    = {OWN, OWN, REVERSE},   [LIGHT_16]       = {OWN, OWN, REVERSE},
		[DARK_256]   = {252, 237, 0},         [LIGHT_256]      = {236, 253, 0},
	},
	[STYLE_STATUS_ERROR] = {
		[NO_COLOURS] = {OWN, OWN, REVERSE | BOLD}, [ANY_BACKGROUND] = {1, OWN, REVERSE | BOLD},
		[DARK_8]     = {1, OWN, REVERSE | BOLD},   [LIGHT_8]        = {1, OWN, REVERSE | BOLD},
		[DARK_16]    = {1, OWN, REVERSE | BOLD},   [LIGHT_16]       = {1, OWN, REVERSE | BOLD},
		[DARK_256]   = {231, 124, BOLD},           [LIGHT_256]      = {231, 124, BOLD},
	},
};
/* clang-format on */

static enum palette
palette_of(enum theme theme, int colours)
{
	bool light = theme == THEME_LIGHT;

	if (colours < 8)
		return NO_COLOURS;
	if (theme == THEME_AUTO)
		return ANY_BACKGROUND;
	if (colours < 16)
		return light ? LIGHT_8 : DARK_8;
	if (colours < 256)
		return light ? LIGHT_16 : DARK_16;
	return light ? LIGHT_256 : DARK_256;
}

struct theme_style
theme_style(enum theme theme, int colours, enum style style)
{
	return styles[style][palette_of(theme, colours)];
}

/* Of the sixteen, 0 to 6 and 8 are dark. */
enum theme
theme_guess(const char *colorfgbg)
{
	const char *last = colorfgbg ? strrchr(colorfgbg, ';') : NULL;
	char *end;
	long background;

	if (!last || !last[1])
		return THEME_AUTO;
	background = strtol(last + 1, &end, 10);
	if (*end || background < 0 || background > 15)
		return THEME_AUTO;
	return background <= 6 || background == 8 ? THEME_DARK : THEME_LIGHT;
}
