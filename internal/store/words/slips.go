package words

// Slips counts the slips between two words: a letter too many, missing,
// wrong, or changed with its neighbour (optimal string alignment).
func Slips(a, b []rune) int {
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range b {
			wrong := row[j]
			if a[i] != b[j] {
				wrong++
			}
			next[j+1] = min(wrong, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
