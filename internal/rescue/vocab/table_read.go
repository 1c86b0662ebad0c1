package vocab

import (
	"strconv"
	"strings"
)

// cutLast divides "two words 1.5" into its words and its number.
func cutLast(s string) (string, float64, bool) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return "", 0, false
	}
	n, err := strconv.ParseFloat(s[i+1:], 64)
	return s[:i], n, err == nil
}
