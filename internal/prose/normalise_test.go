package prose_test

import (
	"slices"
	"strings"
	"testing"

	"colophon/internal/prose"

	"github.com/google/go-cmp/cmp"
)

func TestNormalise(t *testing.T) {
	tests := []struct {
		name, in, want string
		rules          string
	}{
		{
			"signs", "<p>* * *</p><p>a</p><p>oOo</p><p>***</p><p>b</p><p>~~~</p>", "<p>a</p>|<hr class=\"break\">|<p>b</p>",
			"break-symbols break-symbols break-symbols break-symbols",
		},
		{"line of a paragraph", "<p>One.<br>* * *<br>Two.</p>", "<p>One.</p>|<hr class=\"break\">|<p>Two.</p>", "break-symbols"},
		{"rule and heading", "<p>a</p><hr><h2>***</h2><p>b</p>", "<p>a</p>|<hr class=\"break\">|<p>b</p>", "break-symbols"},
		{"usual gap", "a<br><br>b<br><br>c<br><br>d<br><br><br>e<br><br>f", "<p>a</p>|<p>b</p>|<p>c</p>|<p>d</p>|<hr class=\"break\">|<p>e</p>|<p>f</p>", "break-gap"},
		{"empty paragraphs", "<p>a<p>b<p>c<p>&nbsp;<p>d<p>e", "<p>a</p>|<p>b</p>|<p>c</p>|<hr class=\"break\">|<p>d</p>|<p>e</p>", "break-gap"},
		{"empty paragraphs everywhere", "<p>a<p>&nbsp;<p>b<p>&nbsp;<p>c<p>&nbsp;<p>d<p>&nbsp;<p>e", "<p>a</p>|<p>b</p>|<p>c</p>|<p>d</p>|<p>e</p>", ""},
		{"gaps without a rule", "<p>a<p>&nbsp;<p>b<p>c<p>&nbsp;<p>d<p>e<p>&nbsp;<p>f", "<p>a</p>|<p>b</p>|<p>c</p>|<p>d</p>|<p>e</p>|<p>f</p>", ""},
		{
			"pictures", `<p>a</p><img src="x/line.gif"><p>b</p><img src="y.gif" alt="***"><p>c</p><img src="crow.jpg" alt="A crow."><p>d</p>`,
			"<p>a</p>|<hr class=\"break\">|<p>b</p>|<hr class=\"break\">|<p>c</p>|<p class=\"image\">A crow.</p>|<p>d</p>", "break-picture break-picture",
		},
		{
			"same picture again", `<p>a</p><img src="q.gif" alt="leaf"><p>b</p><img src="q.gif" alt="leaf"><p>c</p>`,
			"<p>a</p>|<hr class=\"break\">|<p>b</p>|<hr class=\"break\">|<p>c</p>", "break-picture break-picture",
		},
		{"indented lines", "<p>&nbsp;&nbsp;&nbsp;One.<br>&nbsp;&nbsp;&nbsp;Two.<br>More.</p>", "<p>One.</p>|<p>Two.<br>More.</p>", ""},
		{"spaces", "<p>a&nbsp; b 5&nbsp;kg «&nbsp;oui&nbsp;»</p>", "<p>a b 5\u00a0kg «\u00a0oui\u00a0»</p>", ""},
		{"constant size", "<font size=2><p>a long enough text<p>and <i>more</i></font>", "<p>a long enough text</p>|<p>and <em>more</em></p>", "marks-constant"},
		{"not breaks", `<p>"..."</p><p>!!!</p><p>//Where?//</p><p>~ The Road ~</p>`, `<p>"..."</p>|<p>!!!</p>|<p><em>Where?</em></p>|<p>~ The Road ~</p>`, "emphasis-telepathy"},
		{"star", "<p>I *know* that, *he thought. Yes.*</p>", "<p>I <em>know</em> that, <em>he thought. Yes.</em></p>", "emphasis-star emphasis-star"},
		{"stars", "<p>**No** way, *un*believable</p>", "<p><strong>No</strong> way, <em>un</em>believable</p>", "emphasis-stars emphasis-star"},
		{"underscore", "<p>the _Heron_, a snake_case_word, ____</p>", "<p>the <em>Heron</em>, a snake_case_word, ____</p>", "emphasis-underscore"},
		{"telepathy", "<p>//Can you hear me?// she sent.</p>", "<p><em>Can you hear me?</em> she sent.</p>", "emphasis-telepathy"},
		{"slashes", "<p>/one/ and /two/ and/or K/S 1/2</p>", "<p><em>one</em> and <em>two</em> and/or K/S 1/2</p>", "emphasis-slash emphasis-slash"},
		{"one slash pair", "<p>see /tmp/ for it</p>", "<p>see /tmp/ for it</p>", ""},
		{"addresses", "<p>http://a.org/_x_/y *z*</p>", "<p>http://a.org/_x_/y <em>z</em></p>", "emphasis-star"},
		{"no pairs", "<p>3*4*5 and f**k and 2 * 3 * 4</p><p>word* here</p><p>*a note</p>", "<p>3*4*5 and f**k and 2 * 3 * 4</p>|<p>word* here</p>|<p>*a note</p>", ""},
		{"never across paragraphs", "<p>*a</p><p>b*</p>", "<p>*a</p>|<p>b*</p>", ""},
		{"across runs", "<p>*a <b>b</b>*</p>", "<p><em>a <strong>b</strong></em></p>", "emphasis-star"},
		{"sign across runs", "<p>*<b>*a*</b>* b</p>", "<p><strong>a</strong> b</p>", "emphasis-stars"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, notes := mustParse(t, tt.in).Normalise(prose.Options{TextEmphasis: true})
			got := strings.ReplaceAll(strings.TrimSpace(text.HTML()), "\n", "|")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			var rules []string
			for _, n := range notes {
				rules = append(rules, n.Rule)
			}
			if diff := cmp.Diff(tt.rules, strings.Join(rules, " ")); diff != "" {
				t.Errorf("rules (-want +got):\n%s", diff)
			}
			checkNormalise(t, mustParse(t, tt.in))
		})
	}
}

// A page reader may hand over empty paragraphs and gaps as it finds them.
func TestNormaliseJoinsGaps(t *testing.T) {
	text := paragraphs("a", "b", "\u00a0", "c", "\u00a0", "d", "\u00a0", "\u00a0", "", "e", "\u00a0", "f", "\u00a0", "g")
	text = append(text, prose.Block{Kind: prose.Gap, N: 9})
	got, _ := text.Normalise(prose.Options{})
	if want := "a\n\nb\n\nc\n\nd\n\n* * *\n\ne\n\nf\n\ng"; got.Plain() != want {
		t.Errorf("got %q, want %q", got.Plain(), want)
	}
	checkNormalise(t, text)
}

func TestNormaliseWithoutTextEmphasis(t *testing.T) {
	text, notes := mustParse(t, "<p>I *know* _that_</p>").Normalise(prose.Options{})
	if got := text.Plain(); got != "I *know* _that_" || len(notes) > 0 {
		t.Errorf("got %q, notes %v", got, notes)
	}
}

// checkNormalise holds what is true of every text.
func checkNormalise(t *testing.T, text prose.Text) {
	t.Helper()
	o := prose.Options{TextEmphasis: true}
	once, notes := text.Normalise(o)
	twice, more := once.Normalise(o)
	if diff := cmp.Diff(once, twice); diff != "" {
		t.Errorf("Normalise is not idempotent on %q (-once +twice):\n%s", text.HTML(), diff)
	}
	for _, n := range more {
		t.Errorf("Normalise of what is normalised notes %+v on %q", n, text.HTML())
	}
	if diff := cmp.Diff(once.Normal(), once); diff != "" {
		t.Errorf("Normalise gives no canonical text (-canonical +got):\n%s", diff)
	}
	var dropped strings.Builder
	for _, n := range notes {
		if strings.HasPrefix(n.Rule, "break-") {
			dropped.WriteString(n.Text)
		}
	}
	var in strings.Builder
	for _, b := range text {
		for _, r := range b.Runs {
			in.WriteString(r.Text)
			if b.Kind == prose.Image {
				in.WriteString(r.Href) // may be named in a note
			}
		}
	}
	got := slices.Concat(letters(plainAll(once)), letters(dropped.String()))
	want := letters(in.String())
	slices.Sort(got)
	slices.Sort(want)
	// The addresses of pictures that stay or repeat are in one list only.
	if missing := missingFrom(letters(plainAll(text)), letters(in.String())); missing != "" {
		t.Fatalf("the check itself is wrong: %q", missing)
	}
	if !hasImages(text) && !slices.Equal(got, want) {
		t.Errorf("letters changed on %q:\n%q\n%q", text.HTML(), string(want), string(got))
	}
	for i, b := range once {
		if b.Kind == prose.Break && (i == 0 || i == len(once)-1 || once[i-1].Kind == prose.Break) {
			t.Errorf("break at block %d of %d", i, len(once))
		}
	}
}

func hasImages(text prose.Text) bool {
	return slices.ContainsFunc(text, func(b prose.Block) bool { return b.Kind == prose.Image })
}

// Text is cleaned wherever in it something is amiss.
func TestCleaningAtEveryPlace(t *testing.T) {
	const letters = "The ferry left at six, late"
	for odd, want := range map[string]string{
		"  ": " ", "\t": " ", "\n ": " ", "\r\f": " ", "\v": " ", "\x01": "", "\x7f": "", "\xff": "\ufffd", "\uffff": "\ufffd", "\u00a0": "\u00a0", "é": "é",
	} {
		for i := 1; i < len(letters); i++ {
			if letters[i] == ' ' || letters[i-1] == ' ' {
				continue
			}
			in := prose.Text{{Kind: prose.Paragraph, Runs: []prose.Run{{Text: letters[:i] + odd + letters[i:]}}}}
			if got := in.Normal().Plain(); got != letters[:i]+want+letters[i:] {
				t.Errorf("%q at %d: %q", odd, i, got)
			}
		}
	}
}
