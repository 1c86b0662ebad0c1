package prose_test

import (
	"testing"

	"colophon/internal/prose"
)

func TestSceneBreak(t *testing.T) {
	breaks := []string{
		"***", "* * *", "* * * * *", "*", "+++++", "+", "-----", "- - - -", "- - - - -", "____", "~~~", "~", "oOo", "xXx", "o0o", "<><>",
		"=====", "###", "#", "•••", "…", "...", ". . .", "~*~*~", "~*~", "-x-X-x-", "8888888", "^v^v^", "^v^", "-o-", "~o~", "-=-=-",
		"-=oOo=-", "oOoOoOo", "OoO", "xxxxx", "x x x", "XoX", "o O o", ".o0o.", "\u00a0* * *\u00a0", "§", "⁂", "◇◇◇", "★", "☆ ☆ ☆", "=^..^=",
		"vVv", "zZzZz", "~!~!~", "*'*'*", "///", "|||", "<<<>>>", "(*)(*)", "~ ~ ~", "–––", "—", "~scene break~", "[scene change]", "LINEBREAK", "--X--x--X--",
		"🌸🌸🌸", "-888-", "/xXx/", "-------------------------------------------------------------------------------",
	}
	for _, line := range breaks {
		if !prose.SceneBreak(line) {
			t.Errorf("SceneBreak(%q) is false", line)
		}
	}
	text := []string{
		"", " ", "//thought//", `"..."`, "“…”", "!!!", "?", "?!", "!", "'", "「……」", "«…»", "~ The Long Road ~", "* Chapter 2 *", "- 12 -", "-8-", "- X -",
		"- V -", "XX", "IV", "5", "2001", "OK", "o.O", "O_O", ":)", ":-)", ";)", "^_^", "-_-", "<3", "xoxo", "XOXO", "Ooo!", "Ooo", "Oooooo", "Ooooh",
		"No.", "aaaaaaa", "zzzzzz", "Mmmm.", "- POV Ann -", "*grins*", "-30-", "The End", "000", "0", "line break", "break", "oo", "xx", "x", "Title", "***Title***", "1.", "ooo!", "[...]", "!...", "...!", ").", "—¡", "XXX", "(…)",
	}
	for _, line := range text {
		if prose.SceneBreak(line) {
			t.Errorf("SceneBreak(%q) is true", line)
		}
	}
}
