package charset
import ("testing";"fmt")
func TestDbg(t *testing.T) {
	for _, s := range []string{"Le Vigne di Zam√≤","voilÃ  le travail","x Āø y","``¬´ x", "A ∆° b","4288×… ", "5×£35", "pÃ¥","(ง'Ì€âŒ£'Ì\u0081)ง"} {
		d := newMender(once.marks())
		fmt.Println(s); fmt.Println(d.next(s,0))
		p := part{cells: cellsOf(s,0,len(s))}
		p.bits = d.t.bitsOf(p.cells)
		for _, m := range d.t.all { for _, r := range d.regions(p.cells,m) { if p.bits&m.bit!=0 {fmt.Println("  ", m.name, string(rune(r.seqs[0].r)), len(r.seqs), "gain", r.gain/bit, "need", m.prior/bit+5, r.junk)} } }
	}
}
