package io.videottt.reports.published;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.videottt.reports.Measurement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The numbers that the paper prints (method.md, Section 7).
 *
 * @param tables of methods, in the paper's order
 * @param protocols what the tables' numbers were made with
 * @param colorization its Table 3
 * @param dataSets its Table 2
 */
public record PublishedResults(
    List<PublishedTable> tables,
    List<PublishedProtocol> protocols,
    List<PublishedColours> colorization,
    List<PublishedDataSet> dataSets) {

  private static final String RESOURCE = "published.yaml";

  /** Reads the numbers that come with the program. */
  public static PublishedResults load() {
    try (InputStream in = PublishedResults.class.getResourceAsStream(RESOURCE)) {
      return new ObjectMapper(new YAMLFactory()).readValue(in, PublishedResults.class);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " in the program's own jar cannot be read", e);
    }
  }

  /** Whether a measurement is of a method that no table of the paper has, and no control. */
  public boolean isOutside(Measurement measurement) {
    return !measurement.control()
        && tables.stream().noneMatch(table -> table.has(measurement.method()));
  }

  /** How a number of the paper was made. */
  public PublishedProtocol.Scoring scoring(PaperColumn column, String method) {
    return protocols.stream()
        .filter(known -> known.columns().contains(column) && known.methods().contains(method))
        .map(PublishedProtocol::scoring)
        .findFirst()
        .orElse(PublishedProtocol.Scoring.UNKNOWN);
  }

  /**
   * One table.
   *
   * @throws IllegalArgumentException when the paper has no table of that id
   */
  public PublishedTable table(String id) {
    return tables.stream()
        .filter(table -> table.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no published table " + id));
  }
}
