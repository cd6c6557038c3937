"""How the figures of a report are worked out, in the terms of its files."""

#: How each figure is worked out, from the columns of comments.csv and shares.csv.
FORMULAS = {
    "v": "voice of a comment: 1, or 1/m for each of the m copies of a campaign",
    "s": "share of a comment in a theme (shares.csv); a comment that is not there has 0",
    "r": "rating of a comment; comments without one count in no mean",
    "voices": "sum of v*s over the comments that say something (answered = 1)",
    "share": "voices / sum of v over the comments that say something; Wilson's interval, 95 %",
    "mean_rating": "sum of v*s*r / sum of v*s, over rated comments",
    "points_at_stake": "sum of v*(1-s)*r / sum of v*(1-s) - sum of v*r / sum of v, over rated"
    " comments; percentile bootstrap, the rows of one unit drawn together",
    "severity": "by ratings: (high - mean_rating) / (high - low) with the ends of the scale; by"
    " polarity: sum of v*s*max(0, -polarity) / sum of v*s",
    "burden": "sum of v*s*max(0, -polarity) / sum of v, over the comments that say something;"
    " the same bootstrap",
    "rank": "by the lower end of the interval of points_at_stake, or of burden when no theme has"
    " points; ties by voices",
    "share_before": "voices_before / all_before (trends.csv), likewise share_after; each comment"
    " counts in one theme there, both parts being placed by one rule",
    "trend_p": "Fisher's exact test on the voices of trends.csv rounded to whole ones, Holm's"
    " correction",
    "groups": "group_sums.csv has, for each cell of subgroups.csv, the sums of the group and of the"
    " others: share = voices / everyone, mean_rating = ratings / weight. Cells of fewer than 5"
    " comments, and those that would tell them, are in neither; comments.csv names the group of"
    " each comment only in one grouping, and only when none of its cells is hidden",
    "share_p": "Fisher's exact test on voices rounded to whole ones, Holm's correction over all"
    " the tests of subgroups.csv",
    "mean_p": "Welch's test on means weighted by v*s, one value per unit, the same correction:"
    " size = weight^2 / squares, variance = (spread / weight - mean^2) * size / (size - 1)",
}
