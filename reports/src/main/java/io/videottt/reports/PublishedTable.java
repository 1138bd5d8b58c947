package io.videottt.reports;

import java.util.List;

/**
 * A table of the paper.
 *
 * @param id file name stem, for example table1
 * @param caption heading
 * @param rows in the paper's order
 */
public record PublishedTable(String id, String caption, List<PublishedRow> rows) {}
