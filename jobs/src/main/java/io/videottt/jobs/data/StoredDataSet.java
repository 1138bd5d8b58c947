package io.videottt.jobs.data;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.config.StoredJson;
import io.videottt.jobs.drawing.ClassColours;
import io.videottt.reports.Titles;
import java.io.EOFException;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What reports need to know of a data set beside its frames' rows, as a sweep's driver leaves it in
 * the output folder: reports then need neither the catalogue nor the files. Version 1 knows neither
 * colours nor titles.
 *
 * @param version of the file's form
 * @param name in the catalogue
 * @param title as printed
 * @param framesPerSecond frame rate of the recordings; 0 where every file has its own
 * @param classes names of the classes in the order of their ids
 * @param colours of the classes in pictures, {@code #rrggbb} each, as many as classes; empty where
 *     they are not known
 * @param splits titles of splits and videos by the split's name, only of those that have any
 */
public record StoredDataSet(
    int version,
    String name,
    String title,
    double framesPerSecond,
    List<String> classes,
    List<String> colours,
    Map<String, StoredSplit> splits) {

  private static final int VERSION = 2;
  private static final int WITHOUT_TITLES = 1;
  private static final int MOST_CLASSES = 100_000;
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

  private static final JsonMapper MAPPER = BoundedJson.mapper().build();

  public StoredDataSet {
    if (version != VERSION && version != WITHOUT_TITLES) {
      throw new InvalidInputException(
          "it has version %d, this program reads up to %d".formatted(version, VERSION));
    }
    if (name == null || !name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new InvalidInputException("its name is no data set's");
    }
    if (title == null) {
      throw new InvalidInputException("it has no title");
    }
    if (classes == null || classes.stream().anyMatch(Objects::isNull)) {
      throw new InvalidInputException("it has no classes");
    }
    classes = List.copyOf(classes);
    // Films, which have no classes, may have a rate each.
    boolean rated = framesPerSecond > 0 || framesPerSecond == 0 && classes.isEmpty();
    if (!rated || framesPerSecond == Double.POSITIVE_INFINITY) {
      throw new InvalidInputException("its frame rate is " + framesPerSecond);
    }
    if (classes.size() > MOST_CLASSES) {
      throw new InvalidInputException("it has %d classes".formatted(classes.size()));
    }
    if (version == VERSION && (colours == null || splits == null)) {
      throw new InvalidInputException("it has no colours or no splits");
    }
    colours = colours == null ? List.of() : colours;
    if (!colours.isEmpty() && colours.size() != classes.size()) {
      throw new InvalidInputException(
          "it has %d colours for %d classes".formatted(colours.size(), classes.size()));
    }
    for (String colour : colours) {
      if (colour == null || !COLOUR.matcher(colour).matches()) {
        throw new InvalidInputException("one of its colours is none");
      }
    }
    colours = List.copyOf(colours);
    splits = splits == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(splits));
    if (splits.values().stream().anyMatch(Objects::isNull)) {
      throw new InvalidInputException("a split has no titles");
    }
  }

  /** A data set of which neither colours nor titles are known. */
  public static StoredDataSet untitled(
      String name, String title, double framesPerSecond, List<String> classes) {
    return new StoredDataSet(
        WITHOUT_TITLES, name, title, framesPerSecond, classes, List.of(), Map.of());
  }

  public static StoredDataSet of(DataSetDefinition definition) {
    ClassColours colours = ClassColours.of(definition);
    Map<String, StoredSplit> splits = new TreeMap<>();
    definition
        .splits()
        .forEach((split, of) -> splits.put(split, new StoredSplit(of.title(), of.videoTitles())));
    splits.values().removeIf(StoredSplit::isEmpty);
    return new StoredDataSet(
        VERSION,
        definition.name(),
        definition.title(),
        definition.framesPerSecond(),
        definition.classes().stream().map(c -> c.name()).toList(),
        definition.classes().stream().map(c -> "#%06x".formatted(colours.rgb()[c.id()])).toList(),
        splits);
  }

  /** Titles of a split and its videos, empty ones where there are none. */
  public StoredSplit split(String split) {
    return splits.getOrDefault(split, new StoredSplit("", Map.of()));
  }

  /** What reports call the data set, its splits and videos. */
  Titles.OfDataSet titles() {
    Map<String, Titles.OfSplit> titles = new TreeMap<>();
    splits.forEach((name, split) -> titles.put(name, split.titles()));
    return new Titles.OfDataSet(title, titles);
  }

  /** The titles of several data sets by their names. */
  public static Titles titles(Collection<StoredDataSet> dataSets) {
    return new Titles(
        dataSets.stream()
            .collect(Collectors.toMap(StoredDataSet::name, StoredDataSet::titles, (a, b) -> a)));
  }

  public String json() {
    return StoredJson.write(MAPPER, this);
  }

  /**
   * Reads what {@link #json} has written.
   *
   * @param source file, for the message
   * @throws InvalidInputException when it is damaged or of another version
   */
  public static StoredDataSet read(byte[] json, String source) {
    try {
      StoredDataSet dataSet = MAPPER.readValue(json, StoredDataSet.class);
      if (dataSet == null) {
        throw new EOFException("null");
      }
      return dataSet;
    } catch (IOException e) {
      throw StoredJson.unreadable("description of a data set", source, e);
    }
  }
}
