package address_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"colophon/internal/rescue/address"
)

// found is a match as the tables write it: the text it covers stands between
// ‹ and › in the input.
type found struct{ address, form string }

func TestFind(t *testing.T) {
	const plain, mail, spelled, spaced, tagged, lost = address.Plain, address.Mailto, address.Spelled, address.Spaced, address.Tagged, address.AtOnly
	tests := []struct {
		in   string
		want found
	}{
		{"‹jane@host.com›", found{"jane@host.com", plain}},
		{"Write to ‹jane@host.com›.", found{"jane@host.com", plain}},
		{"Write to ‹jane@host.com›. In the morning", found{"jane@host.com", plain}},
		{"Write to ‹jane@host.com› . In the morning", found{"jane@host.com", plain}},
		{"by Jane <‹jane@host.com›>", found{"jane@host.com", plain}},
		{"by Jane (‹jane@host.com›)", found{"jane@host.com", plain}},
		{"[‹Jane.Doe@Host.Example.ORG›]", found{"Jane.Doe@host.example.org", plain}},
		{"E-MAIL:‹j_doe99@mail.host.co.uk›", found{"j_doe99@mail.host.co.uk", plain}},
		{"email=‹jane-d+fic@host.net›&x", found{"jane-d+fic@host.net", plain}},
		{"_‹jane@host.com›_", found{"jane@host.com", plain}},
		{"*‹jane@host.com›*", found{"jane@host.com", plain}},
		{"“‹jane@host.com›”", found{"jane@host.com", plain}},
		{"имя‹ivan@pochta.ru›", found{"ivan@pochta.ru", plain}},
		{"‹jane@host.com›.Thanks for reading", found{"jane@host.com", plain}},
		{"‹jane@host.com›.In the morning", found{"jane@host.com", plain}},
		{"‹jane@192.168.10.7›", found{"jane@192.168.10.7", plain}},
		{"‹7of9@delta-quadrant.net›", found{"7of9@delta-quadrant.net", plain}},
		{"‹102345.6789@compuserve.com›", found{"102345.6789@compuserve.com", plain}},
		{"‹a@b.de›, or ask", found{"a@b.de", plain}},
		{"‹jane＠host．com›", found{"jane@host.com", plain}},
		{"感想は‹hana＠host.ne.jp›まで", found{"hana@host.ne.jp", plain}},
		{"‹jane@host.travel›", found{"jane@host.travel", plain}},
		{"~‹jane@host.com›~", found{"jane@host.com", plain}},
		{"Feedback:\n‹jane@host.com›\n", found{"jane@host.com", plain}},
		{"mailto:‹jane@host.com›", found{"jane@host.com", mail}},
		{"MAILTO:‹jane@host.com›?subject=Your%20story", found{"jane@host.com", mail}},
		{"mailto:‹jane%40host.com›?subject=x", found{"jane@host.com", mail}},
		{"?to=‹jane%40host.com›&from=", found{"jane@host.com", mail}},
		{"‹jane at host dot com›", found{"jane@host.com", spelled}},
		{"reach ‹jane at host dot co dot uk› any time", found{"jane@host.co.uk", spelled}},
		{"‹jane AT host DOT com›", found{"jane@host.com", spelled}},
		{"‹jane AT host.com›", found{"jane@host.com", spelled}},
		{"‹jane (at) host (dot) com›", found{"jane@host.com", spelled}},
		{"‹jane(at)host(dot)com›", found{"jane@host.com", spelled}},
		{"‹jane [at] host [dot] com›", found{"jane@host.com", spelled}},
		{"‹jane[at]host.com›", found{"jane@host.com", spelled}},
		{"‹jane{at}host{dot}com›", found{"jane@host.com", spelled}},
		{"‹jane<at>host<dot>com›", found{"jane@host.com", spelled}},
		{"‹jane ( at ) host.com›", found{"jane@host.com", spelled}},
		{"‹jane(@)host.com›", found{"jane@host.com", spelled}},
		{"‹jane [@] host.com›", found{"jane@host.com", spelled}},
		{"‹jane_at_host.com›", found{"jane@host.com", spelled}},
		{"‹jane *at* host *dot* com›", found{"jane@host.com", spelled}},
		{"‹jane (dot) doe (at) host (dot) com›", found{"jane.doe@host.com", spelled}},
		{"‹jane99 at host.com›", found{"jane99@host.com", spelled}},
		{"‹jane at hotmail.com›", found{"jane@hotmail.com", spelled}},
		{"‹jane at yahoo.co.uk›", found{"jane@yahoo.co.uk", spelled}},
		{"‹jane at\nhost dot com›", found{"jane@host.com", spelled}},
		{"‹jane (bei) host.de›", found{"jane@host.de", spelled}},
		{"‹hans ät host punkt de›", found{"hans@host.de", spelled}},
		{"‹jeanne (chez) host point fr›", found{"jeanne@host.fr", spelled}},
		{"‹juana arroba host punto es›", found{"juana@host.es", spelled}},
		{"‹ivan собака host точка ru›", found{"ivan@host.ru", spelled}},
		{"‹ivan(собака)host.ru›", found{"ivan@host.ru", spelled}},
		{"Пишите: ‹ivan собака mail.ru›", found{"ivan@mail.ru", spelled}},
		{"‹jane @ host . com›", found{"jane@host.com", spaced}},
		{"‹jane @ host.com›", found{"jane@host.com", spaced}},
		{"‹jane@ host.com›", found{"jane@host.com", spaced}},
		{"‹jane @host.com›", found{"jane@host.com", spaced}},
		{"‹jane @ host . co . uk›", found{"jane@host.co.uk", spaced}},
		{"‹jane\u00a0@\u00a0host.com›", found{"jane@host.com", spaced}},
		{"‹jane @ host dot com›", found{"jane@host.com", spelled}},
		{"‹janeNOSPAM@host.com›", found{"jane@host.com", tagged}},
		{"‹jane.nospam@host.com›", found{"jane@host.com", tagged}},
		{"‹NOSPAM_jane@host.com›", found{"jane@host.com", tagged}},
		{"‹jane@REMOVE.host.com›", found{"jane@host.com", tagged}},
		{"‹jane@removethis.host.com›", found{"jane@host.com", tagged}},
		{"‹jane@nospamhost.com›", found{"jane@host.com", tagged}},
		{"‹jane@host.NOSPAM.com›", found{"jane@host.com", tagged}},
		{"‹jane@host.com.invalid›", found{"jane@host.com", tagged}},
		{"‹janeREMOVE@host.com›", found{"jane@host.com", tagged}},
		{"‹jane@(nospam)host.com›", found{"jane@host.com", tagged}},
		{"‹jane[NOSPAM]@host.com›", found{"jane@host.com", tagged}},
		{"mailto:‹jane-nospam@host.com›", found{"jane@host.com", tagged}},
		{"<‹user99[at]›>", found{"user99@", lost}},
		{"\"‹user99[at]›\"", found{"user99@", lost}},
		{"Email: ‹user99@›", found{"user99@", lost}},
		{"mailto:‹jane@›\"", found{"jane@", lost}},
		{"<‹jane@›>", found{"jane@", lost}},
		{"‹j.doe@› and on", found{"j.doe@", lost}},
		{"‹jane@aol›", found{"jane@aol", lost}},
		{"‹jane[at]host›", found{"jane@host", lost}},
		{"‹jane(at)›", found{"jane@", lost}},
	}
	for _, tt := range tests {
		text := strings.NewReplacer("‹", "", "›", "").Replace(tt.in)
		start, end := strings.Index(tt.in, "‹"), strings.Index(tt.in, "›")-len("‹")
		want := []address.Match{{Start: start, End: end, Address: tt.want.address, Form: tt.want.form}}
		if diff := cmp.Diff(want, address.Find(text)); diff != "" {
			t.Errorf("Find(%q): -want +got\n%s", text, diff)
		}
	}
}

func TestFindSeveral(t *testing.T) {
	const text = "By Jane <jane@host.com> and Kim (kim at other dot org); list: fic-owner@lists.host.net, jo@x.org"
	var got []string
	for _, m := range address.Find(text) {
		got = append(got, m.Address)
	}
	want := []string{"jane@host.com", "kim@other.org", "fic-owner@lists.host.net", "jo@x.org"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("addresses: -want +got\n%s", diff)
	}
}

func TestFindNothing(t *testing.T) {
	for _, text := range []string{
		"", "@", " @ ", "at", "dot", "@@@@", "-@-", "(at)", "[at]", "@.com", "@host.com", "x",
		"apples @ $5 each", "3 @ 2.50", "12 @ 3.com", "5 @ $5.00",
		"@captain said nothing", "thanks to @jane_doe!", "Look, @name.",
		"meet me at home dot", "meet me at nine. Come alone.", "9 at night", "at 9 dot 30", "It was at home.",
		"look at that. com", "look at that.com", "Look at this dot com bubble", "she was at dot com heights",
		"at home", "He looked at us. In the dark nobody spoke.", "They laughed at him. It hurt.",
		"She stared at it. To be fair, so did I.", "We met at noon. At last!", "He arrived at dawn. No one was there.",
		"Read more stories at fanstories.com", "archived at www.host.com", "more fic @ fanstories.net",
		"posted at lists.host.org", "find me @ livejournal.com", "my page at host.com/~jane", "jane @ host.com/~jane",
		"updates at yahoo.com", "Visit us AT WWW.HOST.COM", "STORIES AT FANSTORIES.NET", "see it at host dot com",
		"a@b", "x = a@b;", "0@0", "(o@o)", "<@>", "|@|", "{@}", "@}-,-'--", "--'-,-{@", "@-->---", ":@", ">:@ grr", "@_@", "@.@", "o_@",
		"x@2x.png", "img@2x.gif", "view.php@sid=12", "page.html@x=1.html",
		"@import url(style.css)", "@media print", "50% 40 80", "100%40", "width=50%40",
		"meet me@ nine", "im home@ last", "look@ him", "user@@host", "c@t", "d@mn it", "h*ll @nd d@mnation",
		"at-home.com", "live-at-home.com", "look_at_me.html", "look_at_me", "cat.com", "Matt dot com", "that dot com",
		"The bat. The cat. In short, a flat.", "Katja at the door. He sighed.", "Sergeant Pratt. To arms!",
		"Его собака ушла. Он вздохнул.", "моя собака Rex", "гав гав", "Wir trafen uns bei Hans. In der Nacht.", "chez Marie. Il est tard.",
		"http://www.host.com/users/12345@N00/", "Chapter 5 (at sea)", "the dot on the i", "(dot)", "at the point of no return",
		"Kim at point five", "Kim at station dot", "Ensign at helm. It was late.", "Romeo (at the window)", "Jane (at 9) left",
		"having at some point in time", "so it went on. At one\npoint in the story", "passed at one point by us", "Seti@HOME", "root@web",
		"someone [at the door]", "he paused [at] her door", "Kirk at Starbase. In orbit.",
	} {
		if got := address.Find(text); len(got) > 0 {
			t.Errorf("Find(%q) = %+v", text, got)
		}
	}
}

func TestMask(t *testing.T) {
	const text = "By Jane <jane@host.com>, kim at other dot org."
	got := address.Mask(text, address.Find(text))
	if want := "By Jane <[address sealed]>, [address sealed]."; got != want {
		t.Errorf("Mask = %q, want %q", got, want)
	}
	if got := address.Mask(text, nil); got != text {
		t.Errorf("Mask without matches = %q", got)
	}
}

func TestNormal(t *testing.T) {
	tests := []struct{ in, want string }{
		{"jane@host.com", "jane@host.com"},
		{" <Jane@HOST.Com> ", "Jane@host.com"},
		{"mailto:jane@host.com?subject=x", "jane@host.com"},
		{"jane%40host.com", "jane@host.com"},
		{"jane @ host . com", "jane@host.com"},
		{"jane@host.com.", "jane@host.com"},
		{"janeNOSPAM@host.com", "jane@host.com"},
		{"jane@NO-SPAM.host.com", "jane@host.com"},
		{"jane@hostREMOVETHIS.com", "jane@host.com"},
		{"jane.removethis@host.com", "jane@host.com"},
		{"nospam@host.com", "nospam@host.com"},
		{"jane@nospam.com", "jane@nospam.com"},
		{"remover@host.com", "remover@host.com"},
		{"spamela@host.com", "spamela@host.com"},
		{"jane@deletedscenes.org", "jane@deletedscenes.org"},
		{"JANE@SPAMALOT.COM", "JANE@spamalot.com"},
		{"jane＠host．com", "jane@host.com"},
		{"nobody", "nobody"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := address.Normal(tt.in); got != tt.want {
			t.Errorf("Normal(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if again := address.Normal(address.Normal(tt.in)); again != tt.want {
			t.Errorf("Normal of Normal(%q) = %q, want %q", tt.in, again, tt.want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"jane@host.com", "a at b dot com", "x[at]", "mailto:a%40b.de?cc=c@d.ru", "ivan собака mail.ru", "a@b.com@c.net",
		"q ＠ w．org", "user@(NOSPAM)host.com at x dot com", "j (dot) d (at) h (dot) de at h.com", "\xff@\xfe.com", "a@ b . c . com",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ms := address.Find(s)
		last := 0
		for _, m := range ms {
			if m.Start < last || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("Find(%q): match %+v after %d", s, m, last)
			}
			if !onBoundary(s, m.Start) || !onBoundary(s, m.End) {
				t.Fatalf("Find(%q): match %+v cuts a rune", s, m)
			}
			if !strings.Contains(m.Address, "@") || strings.HasPrefix(m.Address, "@") {
				t.Fatalf("Find(%q): address %q", s, m.Address)
			}
			last = m.End
		}
		masked := address.Mask(s, ms)
		if again := address.Find(masked); len(again) > 0 {
			t.Fatalf("Find(Mask(%q)): %q still has %+v", s, masked, again)
		}
	})
}

func onBoundary(s string, i int) bool {
	return i == len(s) || utf8.RuneStart(s[i]) || !utf8.ValidString(s)
}

func BenchmarkFind(b *testing.B) {
	page := strings.Repeat("She looked at the captain and said that it was a matter of time before they came about. ", 400) +
		"Feedback to jane@host.com"
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if len(address.Find(page)) != 1 {
			b.Fatal("the address was not found")
		}
	}
}
