package search

// ForNodes is what nodes are asked.
var ForNodes = forNodes

// Apart is what nodes are told.
var Apart = apart
