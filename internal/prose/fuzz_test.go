package prose_test

import (
	"testing"

	"colophon/internal/prose"
)

func FuzzParseHTML(f *testing.F) {
	for _, s := range []string{
		"<p>a<br><br>b</p>", "<b><i>a</b>b</i>", "<table><td><b>a<td>b</table>c", "<pre>\n a\n</pre>", "<p class=verse>a<br><br>b",
		`<a href="http://e.org/?a=1&b='&quot;">x</a>`, "<ul><li>a<p>b<ol><li>c</ul>", "<img src=x alt=y><br>&nbsp;<br>z", "<title>a", "<xmp><b>",
		"a&#13;b&#0;c&shy;d\u200be", "<p dir=rtl lang=he>a", "<grin> <lj user=a>", "<svg><style>a</style>", "\xff\xfe<p>\x00",
		"<blockquote><hr><blockquote>a", "<font size=+1><span style='font-style:italic' lang=fr>a", "<h1>a<br><br>b</h1>", "<p>\u3000a",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkClean(t, s)
		checkHarmless(t, prose.Clean(s))
	})
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{
		"<p>a</p><p>* * *</p><p>b", "a<br><br>b<br><br><br>c", "*a *b* c* _d_ //e// ~f~", "<p>*_a_* _*b*_ **c** ***d***", "<p>/xXx/<p>\"_x_\"",
		"<img src=a><p>b<img src=a>", "<pre>a\n\n***\n\nb</pre>", "<p class=verse>a<br><br>oOo<br><br>b", "<p>5&nbsp;kg&nbsp;&nbsp;!", "<p>a<br>&nbsp;&nbsp;b",
		"<font size=1>a", "<h2>~*~</h2>", "<ul><li>***", "<p>*a <b>b*</b>", "<p>_a_ www.x_y_z", "~a~b~ ~c~", "/a /b/ c/", "<blockquote><p>#<p>a",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, err := prose.ParseHTML(s)
		if err != nil {
			t.Fatal(err)
		}
		checkNormalise(t, text)
	})
}
