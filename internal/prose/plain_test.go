package prose_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"colophon/internal/prose"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update writes it anew):\n%s", path, diff)
	}
}

// TestGoldenPage takes a page with all mark-up through the whole package.
func TestGoldenPage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("testdata", "page.html"))
	if err != nil {
		t.Fatal(err)
	}
	text, notes := mustParse(t, string(page)).Normalise(prose.Options{TextEmphasis: true})
	golden(t, "page.golden.html", text.HTML())
	golden(t, "page.golden.txt", text.Plain()+"\n")
	var list string
	for _, n := range notes {
		list += n.Rule + ": " + n.Text + "\n"
	}
	golden(t, "page.golden.notes", list)
	checkClean(t, string(page))
}

func TestEveryMarkAndKindComesBack(t *testing.T) {
	var text prose.Text
	for kind := prose.Paragraph; kind <= prose.Image; kind++ {
		for marks := prose.Mark(0); marks < 1<<10; marks += 37 {
			text = append(text, prose.Block{
				Kind: kind, Level: int(marks) % 9, Quote: int(marks) % 5, Align: prose.Align(marks % 3), Ordered: marks%2 == 0, Dir: []string{"", "rtl", "ltr"}[marks%3],
				Runs: []prose.Run{
					{Text: "a<&>\"' ", Marks: marks},
					{Text: "b", Marks: marks ^ 5, Lang: "fr-CA"},
					{Text: "\n"},
					{Text: "c", Marks: marks | 1, Href: "https://example.org/?a=1&b=\"2\"'"},
					{Text: "d\n\n e", Marks: marks},
				},
			})
		}
	}
	if diff := cmp.Diff(text.Normal(), mustParse(t, text.HTML())); diff != "" {
		t.Errorf("(-normal +parsed):\n%s", diff)
	}
	if got := prose.Gate(text.HTML()); got != text.HTML() {
		t.Error("Gate changed canonical HTML")
	}
	if diff := cmp.Diff(text.Normal(), text.Normal().Normal()); diff != "" {
		t.Errorf("Normal is not idempotent:\n%s", diff)
	}
}

func TestGate(t *testing.T) {
	tests := map[string]string{
		`<p class="center" onclick="x">a 'b' "c"</p>`: `<p class="center">a 'b' "c"</p>`,
		`<script>x</script><p>a</p>`:                  `<p>a</p>`,
		`<a href="javascript:x">a</a>`:                `a`,
		`<p>&#34;&lt;script&gt;</p>`:                  `<p>"&lt;script&gt;</p>`,
		`<a href="http://e.org/?q=%22&#34;">a</a>`:    `<a href="http://e.org/?q=%22&#34;">a</a>`,
	}
	for in, want := range tests {
		if got := prose.Gate(in); got != want {
			t.Errorf("Gate(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	tests := map[string]int{
		"":                         0,
		"One two, three.":          3,
		"don't well-known o’clock": 3,
		"yes--no and—so":           4,
		"3,000 boats in 2.5 days":  5,
		"'quoted' -dash-":          2,
		"...":                      0,
		"* * *":                    0,
		"彼は歩いた":                    5,
		"ベーコン and 朝":               6,
		"naïve café Über":          3,
		"그는 걸었다":                   2,
		"a\u00a0b\u3000c":          3,
		"U+1F600 😀":                2,
		"snake_case":               2,
		"a\xffb":                   2,
	}
	for text, want := range tests {
		if got := paragraphs(text).Words(); got != want {
			t.Errorf("Words(%q) = %d, want %d", text, got, want)
		}
	}
	split := mustParse(t, "<p>un<em>believ</em>able<br>things</p><p>here</p>")
	if got := split.Words(); got != 3 {
		t.Errorf("emphasis inside a word: %d words, want 3", got)
	}
}

func TestPlain(t *testing.T) {
	in := `<h2>One</h2><p>a <i>b</i><br>c</p><hr><ul><li>x<li>y</ul><ol><li>p<li>q</ol><pre> l1
  l2</pre><p class=verse>v<br><br>w`
	want := "One\n\na b\nc\n\n* * *\n\n- x\n- y\n1. p\n2. q\n\n l1\n  l2\n\nv\n\nw"
	if diff := cmp.Diff(want, mustParse(t, in).Plain()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
