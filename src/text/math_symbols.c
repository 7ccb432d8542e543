/*
 * math_symbols.c - the commands of TeX, LaTeX and amsmath that models write in formulas, with what they stand for.
 */
#include "text/math_symbols.h"

#include <string.h>

#include "base/compiler.h"

/* In the order of their bytes. */
static const struct math_symbol symbols[] = {{" ", " ", MATH_SPACE}, {"!", "", MATH_NOTHING}, {"#", "#", MATH_ORD},
        {"$", "$", MATH_ORD}, {"%", "%", MATH_ORD}, {"&", "&", MATH_ORD}, {",", " ", MATH_SPACE},
        {"/", "", MATH_NOTHING}, {":", " ", MATH_SPACE}, {";", " ", MATH_SPACE}, {">", " ", MATH_SPACE},
        {"AA", "Å", MATH_ORD}, {"AE", "Æ", MATH_ORD}, {"And", "&", MATH_BIN}, {"Bbb", "d", MATH_ALPHABET},
        {"Big", "", MATH_BIG}, {"Bigg", "", MATH_BIG}, {"Biggl", "", MATH_BIG}, {"Biggm", "", MATH_BIG},
        {"Biggr", "", MATH_BIG}, {"Bigl", "", MATH_BIG}, {"Bigm", "", MATH_BIG}, {"Bigr", "", MATH_BIG},
        {"Box", "□", MATH_ORD}, {"Bumpeq", "≎", MATH_REL}, {"C", "ℂ", MATH_ORD}, {"Cap", "⋒", MATH_BIN},
        {"Coloneqq", "⩴", MATH_REL}, {"Cup", "⋓", MATH_BIN}, {"Delta", "Δ", MATH_ORD}, {"Diamond", "◇", MATH_ORD},
        {"Downarrow", "⇓", MATH_REL}, {"Finv", "Ⅎ", MATH_ORD}, {"Game", "⅁", MATH_ORD}, {"Gamma", "Γ", MATH_ORD},
        {"Im", "ℑ", MATH_ORD}, {"Join", "⋈", MATH_REL}, {"Lambda", "Λ", MATH_ORD}, {"Leftarrow", "⇐", MATH_REL},
        {"Leftrightarrow", "⇔", MATH_REL}, {"Longleftarrow", "⟸", MATH_REL}, {"Longleftrightarrow", "⟺", MATH_REL},
        {"Longrightarrow", "⟹", MATH_REL}, {"N", "ℕ", MATH_ORD}, {"O", "Ø", MATH_ORD}, {"OE", "Œ", MATH_ORD},
        {"Omega", "Ω", MATH_ORD}, {"P", "¶", MATH_ORD}, {"Phi", "Φ", MATH_ORD}, {"Pi", "Π", MATH_ORD},
        {"Pr", "Pr", MATH_LIMITS}, {"Psi", "Ψ", MATH_ORD}, {"Q", "ℚ", MATH_ORD}, {"R", "ℝ", MATH_ORD},
        {"Re", "ℜ", MATH_ORD}, {"Rightarrow", "⇒", MATH_REL}, {"S", "§", MATH_ORD}, {"Sigma", "Σ", MATH_ORD},
        {"Subset", "⋐", MATH_REL}, {"Supset", "⋑", MATH_REL}, {"Theta", "Θ", MATH_ORD}, {"Tr", "Tr", MATH_FUNCTION},
        {"Uparrow", "⇑", MATH_REL}, {"Updownarrow", "⇕", MATH_REL}, {"Upsilon", "Υ", MATH_ORD},
        {"Vdash", "⊩", MATH_REL}, {"Vert", "‖", MATH_ORD}, {"Vvdash", "⊪", MATH_REL}, {"Xi", "Ξ", MATH_ORD},
        {"Z", "ℤ", MATH_ORD}, {"_", "_", MATH_ORD}, {"acute", "\u0301", MATH_ACCENT}, {"ae", "æ", MATH_ORD},
        {"aleph", "ℵ", MATH_ORD}, {"allowbreak", "", MATH_NOTHING}, {"alpha", "α", MATH_ORD}, {"amalg", "⨿", MATH_BIN},
        {"angle", "∠", MATH_ORD}, {"angstrom", "Å", MATH_ORD}, {"approx", "≈", MATH_REL}, {"approxeq", "≊", MATH_REL},
        {"arccos", "arccos", MATH_FUNCTION}, {"arccot", "arccot", MATH_FUNCTION}, {"arcsin", "arcsin", MATH_FUNCTION},
        {"arctan", "arctan", MATH_FUNCTION}, {"arg", "arg", MATH_FUNCTION}, {"argmax", "arg max", MATH_LIMITS},
        {"argmin", "arg min", MATH_LIMITS}, {"ast", "∗", MATH_BIN}, {"asymp", "≍", MATH_REL},
        {"backprime", "‵", MATH_ORD}, {"backsim", "∽", MATH_REL}, {"backslash", "\\", MATH_ORD},
        {"bar", "\u0304", MATH_ACCENT}, {"barwedge", "⊼", MATH_BIN}, {"bcancel", "\u0336", MATH_LINE},
        {"because", "∵", MATH_ORD}, {"begin", "", MATH_BEGIN}, {"beta", "β", MATH_ORD}, {"beth", "ℶ", MATH_ORD},
        {"between", "≬", MATH_REL}, {"bf", "", MATH_NOTHING}, {"big", "", MATH_BIG}, {"bigcap", "⋂", MATH_LARGE},
        {"bigcirc", "◯", MATH_BIN}, {"bigcup", "⋃", MATH_LARGE}, {"bigg", "", MATH_BIG}, {"biggl", "", MATH_BIG},
        {"biggm", "", MATH_BIG}, {"biggr", "", MATH_BIG}, {"bigl", "", MATH_BIG}, {"bigm", "", MATH_BIG},
        {"bigodot", "⨀", MATH_LARGE}, {"bigoplus", "⨁", MATH_LARGE}, {"bigotimes", "⨂", MATH_LARGE},
        {"bigr", "", MATH_BIG}, {"bigsqcup", "⨆", MATH_LARGE}, {"bigstar", "★", MATH_ORD},
        {"bigtriangledown", "▽", MATH_BIN}, {"bigtriangleup", "△", MATH_BIN}, {"biguplus", "⨄", MATH_LARGE},
        {"bigvee", "⋁", MATH_LARGE}, {"bigwedge", "⋀", MATH_LARGE}, {"binom", "", MATH_BINOMIAL},
        {"blacksquare", "■", MATH_ORD}, {"blacktriangle", "▲", MATH_ORD}, {"bm", "b", MATH_ALPHABET},
        {"bmod", "mod", MATH_BIN}, {"bold", "b", MATH_ALPHABET}, {"boldsymbol", "b", MATH_ALPHABET},
        {"bot", "⊥", MATH_ORD}, {"bowtie", "⋈", MATH_BIN}, {"boxdot", "⊡", MATH_BIN}, {"boxed", "", MATH_BOX},
        {"boxminus", "⊟", MATH_BIN}, {"boxplus", "⊞", MATH_BIN}, {"boxtimes", "⊠", MATH_BIN},
        {"breve", "\u0306", MATH_ACCENT}, {"bullet", "•", MATH_BIN}, {"bumpeq", "≏", MATH_REL},
        {"cal", "", MATH_NOTHING}, {"cancel", "\u0336", MATH_LINE}, {"cap", "∩", MATH_BIN}, {"cdot", "·", MATH_BIN},
        {"cdotp", "·", MATH_BIN}, {"cdots", "⋯", MATH_ORD}, {"celsius", "℃", MATH_ORD}, {"centerdot", "·", MATH_BIN},
        {"centering", "", MATH_NOTHING}, {"cfrac", "", MATH_FRACTION}, {"check", "\u030c", MATH_ACCENT},
        {"checkmark", "✓", MATH_ORD}, {"chi", "χ", MATH_ORD}, {"circ", "∘", MATH_BIN}, {"circeq", "≗", MATH_REL},
        {"circlearrowleft", "↺", MATH_REL}, {"circlearrowright", "↻", MATH_REL}, {"circledast", "⊛", MATH_BIN},
        {"clubsuit", "♣", MATH_ORD}, {"colon", ":", MATH_PUNCT}, {"coloneq", "≔", MATH_REL},
        {"coloneqq", "≔", MATH_REL}, {"color", "", MATH_NOTHING_ARG}, {"colorbox", "", MATH_COLOUR},
        {"complement", "∁", MATH_ORD}, {"cong", "≅", MATH_REL}, {"coprod", "∐", MATH_LARGE},
        {"copyright", "©", MATH_ORD}, {"cos", "cos", MATH_FUNCTION}, {"cosh", "cosh", MATH_FUNCTION},
        {"cot", "cot", MATH_FUNCTION}, {"coth", "coth", MATH_FUNCTION}, {"csc", "csc", MATH_FUNCTION},
        {"csch", "csch", MATH_FUNCTION}, {"cup", "∪", MATH_BIN}, {"curlyvee", "⋎", MATH_BIN},
        {"curlywedge", "⋏", MATH_BIN}, {"curvearrowleft", "↶", MATH_REL}, {"curvearrowright", "↷", MATH_REL},
        {"dagger", "†", MATH_BIN}, {"dashrightarrow", "⇢", MATH_REL}, {"dashv", "⊣", MATH_REL},
        {"dbinom", "", MATH_BINOMIAL}, {"ddagger", "‡", MATH_BIN}, {"dddot", "\u20db", MATH_ACCENT},
        {"ddot", "\u0308", MATH_ACCENT}, {"ddots", "⋱", MATH_ORD}, {"deg", "deg", MATH_FUNCTION},
        {"degree", "°", MATH_ORD}, {"delta", "δ", MATH_ORD}, {"det", "det", MATH_LIMITS}, {"dfrac", "", MATH_FRACTION},
        {"diamond", "⋄", MATH_BIN}, {"diamondsuit", "♦", MATH_ORD}, {"digamma", "ϝ", MATH_ORD},
        {"dim", "dim", MATH_FUNCTION}, {"displaystyle", "", MATH_NOTHING}, {"div", "÷", MATH_BIN},
        {"divideontimes", "⋇", MATH_BIN}, {"dot", "\u0307", MATH_ACCENT}, {"doteq", "≐", MATH_REL},
        {"doteqdot", "≑", MATH_REL}, {"dotplus", "∔", MATH_BIN}, {"dots", "…", MATH_ORD}, {"dotsb", "⋯", MATH_ORD},
        {"dotsc", "…", MATH_ORD}, {"dotsi", "⋯", MATH_ORD}, {"dotsm", "⋯", MATH_ORD}, {"dotso", "…", MATH_ORD},
        {"downarrow", "↓", MATH_REL}, {"ell", "ℓ", MATH_ORD}, {"emph", "", MATH_WORDS}, {"emptyset", "∅", MATH_ORD},
        {"end", "", MATH_END}, {"enskip", " ", MATH_SPACE}, {"enspace", " ", MATH_SPACE},
        {"ensuremath", "", MATH_PASS_ARG}, {"epsilon", "ϵ", MATH_ORD}, {"eqqcolon", "≕", MATH_REL},
        {"eqsim", "≂", MATH_REL}, {"equiv", "≡", MATH_REL}, {"erf", "erf", MATH_FUNCTION}, {"eta", "η", MATH_ORD},
        {"eth", "ð", MATH_ORD}, {"euro", "€", MATH_ORD}, {"exists", "∃", MATH_ORD}, {"exp", "exp", MATH_FUNCTION},
        {"fallingdotseq", "≒", MATH_REL}, {"fbox", "", MATH_BOX}, {"flat", "♭", MATH_ORD}, {"forall", "∀", MATH_ORD},
        {"frac", "", MATH_FRACTION}, {"frak", "f", MATH_ALPHABET}, {"frown", "⌢", MATH_REL}, {"gamma", "γ", MATH_ORD},
        {"gcd", "gcd", MATH_LIMITS}, {"ge", "≥", MATH_REL}, {"geq", "≥", MATH_REL}, {"geqq", "≧", MATH_REL},
        {"geqslant", "⩾", MATH_REL}, {"gets", "←", MATH_REL}, {"gg", "≫", MATH_REL}, {"ggg", "⋙", MATH_REL},
        {"gimel", "ℷ", MATH_ORD}, {"gneq", "⪈", MATH_REL}, {"grave", "\u0300", MATH_ACCENT}, {"gt", ">", MATH_REL},
        {"gtrdot", "⋗", MATH_REL}, {"gtrless", "≷", MATH_REL}, {"gtrsim", "≳", MATH_REL}, {"hArr", "⇔", MATH_REL},
        {"hat", "\u0302", MATH_ACCENT}, {"hbar", "ℏ", MATH_ORD}, {"hbox", "", MATH_WORDS}, {"hdots", "…", MATH_ORD},
        {"heartsuit", "♥", MATH_ORD}, {"hfill", "", MATH_NOTHING}, {"hline", "", MATH_NOTHING},
        {"hom", "hom", MATH_FUNCTION}, {"hookleftarrow", "↩", MATH_REL}, {"hookrightarrow", "↪", MATH_REL},
        {"hphantom", "", MATH_NOTHING_ARG}, {"hslash", "ℏ", MATH_ORD}, {"hspace", "", MATH_NOTHING_ARG},
        {"hspace*", "", MATH_NOTHING_ARG}, {"iff", "⟺", MATH_REL}, {"iiiint", "⨌", MATH_INTEGRAL},
        {"iiint", "∭", MATH_INTEGRAL}, {"iint", "∬", MATH_INTEGRAL}, {"image", "ℑ", MATH_ORD}, {"imath", "ı", MATH_ORD},
        {"impliedby", "⟸", MATH_REL}, {"implies", "⟹", MATH_REL}, {"in", "∈", MATH_REL}, {"inf", "inf", MATH_LIMITS},
        {"infin", "∞", MATH_ORD}, {"infty", "∞", MATH_ORD}, {"injlim", "inj lim", MATH_LIMITS},
        {"int", "∫", MATH_INTEGRAL}, {"intercal", "⊺", MATH_BIN}, {"intop", "∫", MATH_INTEGRAL},
        {"iota", "ι", MATH_ORD}, {"isin", "∈", MATH_REL}, {"it", "", MATH_NOTHING}, {"jmath", "ȷ", MATH_ORD},
        {"kappa", "κ", MATH_ORD}, {"ker", "ker", MATH_FUNCTION}, {"lArr", "⇐", MATH_REL}, {"lVert", "‖", MATH_OPEN},
        {"label", "", MATH_NOTHING_ARG}, {"lambda", "λ", MATH_ORD}, {"land", "∧", MATH_BIN}, {"langle", "⟨", MATH_OPEN},
        {"larr", "←", MATH_REL}, {"lbrace", "{", MATH_OPEN}, {"lbrack", "[", MATH_OPEN}, {"lceil", "⌈", MATH_OPEN},
        {"lcm", "lcm", MATH_LIMITS}, {"ldotp", ".", MATH_PUNCT}, {"ldots", "…", MATH_ORD}, {"le", "≤", MATH_REL},
        {"leadsto", "⇝", MATH_REL}, {"left", "", MATH_LEFT}, {"leftarrow", "←", MATH_REL},
        {"leftharpoondown", "↽", MATH_REL}, {"leftharpoonup", "↼", MATH_REL}, {"leftrightarrow", "↔", MATH_REL},
        {"leftrightarrows", "⇆", MATH_REL}, {"leftrightharpoons", "⇋", MATH_REL}, {"leq", "≤", MATH_REL},
        {"leqq", "≦", MATH_REL}, {"leqslant", "⩽", MATH_REL}, {"lessdot", "⋖", MATH_REL}, {"lessgtr", "≶", MATH_REL},
        {"lesssim", "≲", MATH_REL}, {"lfloor", "⌊", MATH_OPEN}, {"lg", "lg", MATH_FUNCTION}, {"lgroup", "⟮", MATH_OPEN},
        {"lim", "lim", MATH_LIMITS}, {"liminf", "lim inf", MATH_LIMITS}, {"limits", "", MATH_NOTHING},
        {"limsup", "lim sup", MATH_LIMITS}, {"ll", "≪", MATH_REL}, {"llap", "", MATH_PASS_ARG},
        {"llbracket", "⟦", MATH_OPEN}, {"llcorner", "⌞", MATH_OPEN}, {"lll", "⋘", MATH_REL},
        {"ln", "ln", MATH_FUNCTION}, {"lneq", "⪇", MATH_REL}, {"lnot", "¬", MATH_ORD}, {"log", "log", MATH_FUNCTION},
        {"longleftarrow", "⟵", MATH_REL}, {"longleftrightarrow", "⟷", MATH_REL}, {"longmapsto", "⟼", MATH_REL},
        {"longrightarrow", "⟶", MATH_REL}, {"lor", "∨", MATH_BIN}, {"lozenge", "◊", MATH_ORD},
        {"lrcorner", "⌟", MATH_CLOSE}, {"lt", "<", MATH_REL}, {"ltimes", "⋉", MATH_BIN}, {"lvert", "|", MATH_OPEN},
        {"maltese", "✠", MATH_ORD}, {"mapsto", "↦", MATH_REL}, {"mathbb", "d", MATH_ALPHABET},
        {"mathbf", "b", MATH_ALPHABET}, {"mathbin", "", MATH_PASS_ARG}, {"mathcal", "s", MATH_ALPHABET},
        {"mathclap", "", MATH_PASS_ARG}, {"mathclose", "", MATH_PASS_ARG}, {"mathfrak", "f", MATH_ALPHABET},
        {"mathinner", "", MATH_PASS_ARG}, {"mathit", "", MATH_WORDS}, {"mathllap", "", MATH_PASS_ARG},
        {"mathnormal", "", MATH_WORDS}, {"mathop", "", MATH_PASS_ARG}, {"mathopen", "", MATH_PASS_ARG},
        {"mathord", "", MATH_PASS_ARG}, {"mathpunct", "", MATH_PASS_ARG}, {"mathrel", "", MATH_PASS_ARG},
        {"mathring", "\u030a", MATH_ACCENT}, {"mathrlap", "", MATH_PASS_ARG}, {"mathrm", "", MATH_WORDS},
        {"mathscr", "s", MATH_ALPHABET}, {"mathsf", "", MATH_WORDS}, {"mathstrut", "", MATH_NOTHING},
        {"mathtt", "", MATH_WORDS}, {"max", "max", MATH_LIMITS}, {"mbox", "", MATH_WORDS},
        {"measuredangle", "∡", MATH_ORD}, {"medspace", " ", MATH_SPACE}, {"mho", "℧", MATH_ORD}, {"mid", "∣", MATH_REL},
        {"middle", "", MATH_BIG}, {"min", "min", MATH_LIMITS}, {"models", "⊨", MATH_REL}, {"mp", "∓", MATH_BIN},
        {"mspace", "", MATH_NOTHING_ARG}, {"mu", "μ", MATH_ORD}, {"multimap", "⊸", MATH_REL},
        {"nLeftarrow", "⇍", MATH_REL}, {"nLeftrightarrow", "⇎", MATH_REL}, {"nRightarrow", "⇏", MATH_REL},
        {"nabla", "∇", MATH_ORD}, {"natural", "♮", MATH_ORD}, {"ncong", "≇", MATH_REL}, {"ne", "≠", MATH_REL},
        {"nearrow", "↗", MATH_REL}, {"neg", "¬", MATH_ORD}, {"negthinspace", "", MATH_NOTHING}, {"neq", "≠", MATH_REL},
        {"nexists", "∄", MATH_ORD}, {"ngeq", "≱", MATH_REL}, {"ngtr", "≯", MATH_REL}, {"ni", "∋", MATH_REL},
        {"nicefrac", "", MATH_FRACTION}, {"nleftarrow", "↚", MATH_REL}, {"nleq", "≰", MATH_REL},
        {"nless", "≮", MATH_REL}, {"nmid", "∤", MATH_REL}, {"nobreak", "", MATH_NOTHING},
        {"nobreakspace", " ", MATH_SPACE}, {"noindent", "", MATH_NOTHING}, {"nolimits", "", MATH_NOTHING},
        {"nonumber", "", MATH_NOTHING}, {"not", "", MATH_NOT}, {"notag", "", MATH_NOTHING}, {"notin", "∉", MATH_REL},
        {"nparallel", "∦", MATH_REL}, {"nprec", "⊀", MATH_REL}, {"nrightarrow", "↛", MATH_REL}, {"nsim", "≁", MATH_REL},
        {"nsubseteq", "⊈", MATH_REL}, {"nsucc", "⊁", MATH_REL}, {"nsupseteq", "⊉", MATH_REL}, {"nu", "ν", MATH_ORD},
        {"null", "", MATH_NOTHING}, {"nvDash", "⊭", MATH_REL}, {"nvdash", "⊬", MATH_REL}, {"nwarrow", "↖", MATH_REL},
        {"o", "ø", MATH_ORD}, {"odot", "⊙", MATH_BIN}, {"oe", "œ", MATH_ORD}, {"ohm", "Ω", MATH_ORD},
        {"oiiint", "∰", MATH_INTEGRAL}, {"oiint", "∯", MATH_INTEGRAL}, {"oint", "∮", MATH_INTEGRAL},
        {"omega", "ω", MATH_ORD}, {"omicron", "ο", MATH_ORD}, {"ominus", "⊖", MATH_BIN},
        {"operatorname", "", MATH_NAME}, {"operatorname*", "", MATH_NAME}, {"oplus", "⊕", MATH_BIN},
        {"oslash", "⊘", MATH_BIN}, {"otimes", "⊗", MATH_BIN}, {"overleftarrow", "\u20d6", MATH_ACCENT},
        {"overline", "\u0305", MATH_LINE}, {"overrightarrow", "\u20d7", MATH_ACCENT}, {"overset", "", MATH_OVER},
        {"owns", "∋", MATH_REL}, {"parallel", "∥", MATH_REL}, {"partial", "∂", MATH_ORD}, {"perp", "⊥", MATH_REL},
        {"phantom", "", MATH_NOTHING_ARG}, {"phi", "ϕ", MATH_ORD}, {"pi", "π", MATH_ORD}, {"pitchfork", "⋔", MATH_REL},
        {"pm", "±", MATH_BIN}, {"pmb", "b", MATH_ALPHABET}, {"pmod", "", MATH_MODULO}, {"pounds", "£", MATH_ORD},
        {"prec", "≺", MATH_REL}, {"preccurlyeq", "≼", MATH_REL}, {"preceq", "⪯", MATH_REL}, {"prime", "′", MATH_ORD},
        {"prod", "∏", MATH_LARGE}, {"projlim", "proj lim", MATH_LIMITS}, {"propto", "∝", MATH_REL},
        {"psi", "ψ", MATH_ORD}, {"qed", "∎", MATH_ORD}, {"qquad", "    ", MATH_SPACE}, {"quad", "  ", MATH_SPACE},
        {"rArr", "⇒", MATH_REL}, {"rVert", "‖", MATH_CLOSE}, {"rangle", "⟩", MATH_CLOSE},
        {"rank", "rank", MATH_FUNCTION}, {"rarr", "→", MATH_REL}, {"rbrace", "}", MATH_CLOSE},
        {"rbrack", "]", MATH_CLOSE}, {"rceil", "⌉", MATH_CLOSE}, {"real", "ℜ", MATH_ORD}, {"relax", "", MATH_NOTHING},
        {"rfloor", "⌋", MATH_CLOSE}, {"rgroup", "⟯", MATH_CLOSE}, {"rho", "ρ", MATH_ORD}, {"right", "", MATH_RIGHT_END},
        {"rightarrow", "→", MATH_REL}, {"rightarrowtail", "↣", MATH_REL}, {"rightharpoondown", "⇁", MATH_REL},
        {"rightharpoonup", "⇀", MATH_REL}, {"rightleftarrows", "⇄", MATH_REL}, {"rightleftharpoons", "⇌", MATH_REL},
        {"rightrightarrows", "⇉", MATH_REL}, {"rightsquigarrow", "⇝", MATH_REL}, {"risingdotseq", "≓", MATH_REL},
        {"rlap", "", MATH_PASS_ARG}, {"rm", "", MATH_NOTHING}, {"rrbracket", "⟧", MATH_CLOSE},
        {"rtimes", "⋊", MATH_BIN}, {"rvert", "|", MATH_CLOSE}, {"scriptscriptstyle", "", MATH_NOTHING},
        {"scriptstyle", "", MATH_NOTHING}, {"searrow", "↘", MATH_REL}, {"sec", "sec", MATH_FUNCTION},
        {"sech", "sech", MATH_FUNCTION}, {"semicolon", ";", MATH_PUNCT}, {"setminus", "∖", MATH_BIN},
        {"sf", "", MATH_NOTHING}, {"sfrac", "", MATH_FRACTION}, {"sgn", "sgn", MATH_FUNCTION}, {"sharp", "♯", MATH_ORD},
        {"sigma", "σ", MATH_ORD}, {"sim", "∼", MATH_REL}, {"simeq", "≃", MATH_REL}, {"sin", "sin", MATH_FUNCTION},
        {"sinh", "sinh", MATH_FUNCTION}, {"smallint", "∫", MATH_INTEGRAL}, {"smallsetminus", "∖", MATH_BIN},
        {"smash", "", MATH_PASS_ARG}, {"smile", "⌣", MATH_REL}, {"softmax", "softmax", MATH_FUNCTION},
        {"sout", "\u0336", MATH_LINE}, {"space", " ", MATH_SPACE}, {"spadesuit", "♠", MATH_ORD},
        {"sqcap", "⊓", MATH_BIN}, {"sqcup", "⊔", MATH_BIN}, {"sqrt", "", MATH_ROOT}, {"sqsubset", "⊏", MATH_REL},
        {"sqsubseteq", "⊑", MATH_REL}, {"sqsupset", "⊐", MATH_REL}, {"sqsupseteq", "⊒", MATH_REL},
        {"square", "□", MATH_ORD}, {"ss", "ß", MATH_ORD}, {"stackrel", "", MATH_OVER}, {"star", "⋆", MATH_BIN},
        {"strut", "", MATH_NOTHING}, {"subset", "⊂", MATH_REL}, {"subseteq", "⊆", MATH_REL},
        {"subseteqq", "⫅", MATH_REL}, {"subsetneq", "⊊", MATH_REL}, {"succ", "≻", MATH_REL},
        {"succcurlyeq", "≽", MATH_REL}, {"succeq", "⪰", MATH_REL}, {"sum", "∑", MATH_LARGE},
        {"sup", "sup", MATH_LIMITS}, {"supset", "⊃", MATH_REL}, {"supseteq", "⊇", MATH_REL},
        {"supseteqq", "⫆", MATH_REL}, {"supsetneq", "⊋", MATH_REL}, {"surd", "√", MATH_ORD}, {"swarrow", "↙", MATH_REL},
        {"tag", "", MATH_TAG}, {"tag*", "", MATH_TAG}, {"tan", "tan", MATH_FUNCTION}, {"tanh", "tanh", MATH_FUNCTION},
        {"tau", "τ", MATH_ORD}, {"tbinom", "", MATH_BINOMIAL}, {"text", "", MATH_WORDS}, {"textbf", "", MATH_WORDS},
        {"textcolor", "", MATH_COLOUR}, {"textdegree", "°", MATH_ORD}, {"textit", "", MATH_WORDS},
        {"textnormal", "", MATH_WORDS}, {"textrm", "", MATH_WORDS}, {"textsc", "", MATH_WORDS},
        {"textsf", "", MATH_WORDS}, {"textsl", "", MATH_WORDS}, {"textstyle", "", MATH_NOTHING},
        {"texttt", "", MATH_WORDS}, {"textup", "", MATH_WORDS}, {"tfrac", "", MATH_FRACTION},
        {"therefore", "∴", MATH_ORD}, {"theta", "θ", MATH_ORD}, {"thickapprox", "≈", MATH_REL},
        {"thicksim", "∼", MATH_REL}, {"thickspace", " ", MATH_SPACE}, {"thinspace", " ", MATH_SPACE},
        {"tilde", "\u0303", MATH_ACCENT}, {"times", "×", MATH_BIN}, {"to", "→", MATH_REL}, {"top", "⊤", MATH_ORD},
        {"tr", "tr", MATH_FUNCTION}, {"triangle", "△", MATH_ORD}, {"triangledown", "▽", MATH_ORD},
        {"triangleleft", "◁", MATH_BIN}, {"trianglelefteq", "⊴", MATH_REL}, {"triangleq", "≜", MATH_REL},
        {"triangleright", "▷", MATH_BIN}, {"trianglerighteq", "⊵", MATH_REL}, {"tt", "", MATH_NOTHING},
        {"twoheadrightarrow", "↠", MATH_REL}, {"ulcorner", "⌜", MATH_OPEN}, {"underbar", "\u0332", MATH_LINE},
        {"underline", "\u0332", MATH_LINE}, {"underset", "", MATH_UNDER}, {"uparrow", "↑", MATH_REL},
        {"updownarrow", "↕", MATH_REL}, {"uplus", "⊎", MATH_BIN}, {"upsilon", "υ", MATH_ORD},
        {"urcorner", "⌝", MATH_CLOSE}, {"vDash", "⊨", MATH_REL}, {"varepsilon", "ε", MATH_ORD},
        {"varkappa", "ϰ", MATH_ORD}, {"varliminf", "lim inf", MATH_LIMITS}, {"varlimsup", "lim sup", MATH_LIMITS},
        {"varnothing", "∅", MATH_ORD}, {"varphi", "φ", MATH_ORD}, {"varpi", "ϖ", MATH_ORD},
        {"varpropto", "∝", MATH_REL}, {"varrho", "ϱ", MATH_ORD}, {"varsigma", "ς", MATH_ORD},
        {"vartheta", "ϑ", MATH_ORD}, {"vartriangleleft", "⊲", MATH_REL}, {"vartriangleright", "⊳", MATH_REL},
        {"vcentcolon", ":", MATH_REL}, {"vcenter", "", MATH_PASS_ARG}, {"vdash", "⊢", MATH_REL},
        {"vdots", "⋮", MATH_ORD}, {"vec", "\u20d7", MATH_ACCENT}, {"vee", "∨", MATH_BIN}, {"veebar", "⊻", MATH_BIN},
        {"vert", "|", MATH_ORD}, {"vphantom", "", MATH_NOTHING_ARG}, {"vspace", "", MATH_NOTHING_ARG},
        {"wedge", "∧", MATH_BIN}, {"widehat", "\u0302", MATH_ACCENT}, {"widetilde", "\u0303", MATH_ACCENT},
        {"wp", "℘", MATH_ORD}, {"wr", "≀", MATH_BIN}, {"xLeftarrow", "⇐", MATH_ARROW}, {"xRightarrow", "⇒", MATH_ARROW},
        {"xcancel", "\u0336", MATH_LINE}, {"xi", "ξ", MATH_ORD}, {"xleftarrow", "←", MATH_ARROW},
        {"xrightarrow", "→", MATH_ARROW}, {"yen", "¥", MATH_ORD}, {"zeta", "ζ", MATH_ORD}, {"{", "{", MATH_OPEN},
        {"|", "‖", MATH_ORD}, {"}", "}", MATH_CLOSE}};

static int
compare(const char *name, size_t n, const char *other)
{
	size_t len = strlen(other);
	int order = memcmp(name, other, n < len ? n : len);

	return order != 0 ? order : (n > len) - (n < len);
}

const struct math_symbol *
math_find_symbol(const char *name, size_t n)
{
	size_t low = 0, high = ARRAY_LEN(symbols);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare(name, n, symbols[middle].name);

		if (order == 0)
			return &symbols[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct math_symbol *
math_symbols(size_t *n)
{
	*n = ARRAY_LEN(symbols);
	return symbols;
}
