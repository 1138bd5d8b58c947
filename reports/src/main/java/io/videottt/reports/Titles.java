package io.videottt.reports;

import io.videottt.reports.table.VisibleText;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What data sets, splits and videos are called wherever a person reads: by their titles where they
 * have some, by their names elsewhere. Two of one title are told apart by their names behind it.
 * File names, anchors and configurations have the names.
 *
 * @param dataSets what is known, by the data set's name
 */
public record Titles(Map<String, OfDataSet> dataSets) {

  /** Every name is its own title. */
  public static final Titles NONE = new Titles(Map.of());

  /**
   * Titles of one data set.
   *
   * @param title as printed
   * @param splits by name, possibly without those that have no titles
   */
  public record OfDataSet(String title, Map<String, OfSplit> splits) {

    /** Makes foreign words harmless and keeps the map from being changed. */
    public OfDataSet {
      title = VisibleText.of(title);
      splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    }
  }

  /**
   * Titles of one split.
   *
   * @param title what its videos are, in words that follow "on"; empty where there are none
   * @param videos what videos are called, by id, only of those that have a title
   */
  public record OfSplit(String title, Map<String, String> videos) {

    /** Makes foreign words harmless and keeps the map from being changed. */
    public OfSplit {
      title = VisibleText.of(title);
      Map<String, String> visible = new LinkedHashMap<>();
      videos.forEach((id, video) -> visible.put(id, VisibleText.of(video)));
      videos = Collections.unmodifiableMap(visible);
    }
  }

  /** Keeps the map from being changed. */
  public Titles {
    dataSets = Collections.unmodifiableMap(new LinkedHashMap<>(dataSets));
  }

  /** The titles that results tell. */
  public static Titles of(List<DataSetSummary> counted) {
    Map<String, OfDataSet> dataSets = new LinkedHashMap<>();
    for (DataSetSummary set : counted) {
      Map<String, OfSplit> splits = new LinkedHashMap<>();
      set.counts()
          .forEach(
              count -> splits.put(count.split(), new OfSplit(count.title(), count.videoTitles())));
      dataSets.put(set.name(), new OfDataSet(set.title(), splits));
    }
    return new Titles(dataSets);
  }

  /** A data set. */
  public String dataSet(String name) {
    String title = dataSets.containsKey(name) ? dataSets.get(name).title() : "";
    return told(title, name, dataSets.values().stream().map(OfDataSet::title).toList());
  }

  /** A split by itself. */
  public String split(String dataset, String split) {
    return titled(dataset, split).orElse(split);
  }

  /**
   * Data set and split, for example {@code Embedded street scenes (videos that darken)}, or {@code
   * CamVid, test} where the split has no title.
   */
  public String data(String dataset, String split) {
    return titled(dataset, split)
        .map(title -> "%s (%s)".formatted(dataSet(dataset), title))
        .orElseGet(() -> "%s, %s".formatted(dataSet(dataset), split));
  }

  /** The same of what was evaluated. */
  public String data(EvaluationSet set) {
    return data(set.dataset(), set.split());
  }

  /** The split in words that follow "on", for example {@code videos that darken}. */
  public String on(EvaluationSet set) {
    return titled(set.dataset(), set.split()).orElse(data(set));
  }

  /** A video of what was evaluated. */
  public String video(EvaluationSet set, String id) {
    return video(set.dataset(), set.split(), id);
  }

  /** A video of a split. */
  public String video(String dataset, String split, String id) {
    Map<String, String> videos = known(dataset, split).map(OfSplit::videos).orElse(Map.of());
    return told(videos.getOrDefault(id, ""), id, videos.values());
  }

  private Optional<String> titled(String dataset, String split) {
    List<String> all =
        dataSets.containsKey(dataset)
            ? dataSets.get(dataset).splits().values().stream().map(OfSplit::title).toList()
            : List.of();
    return known(dataset, split)
        .map(OfSplit::title)
        .filter(title -> !title.isEmpty())
        .map(title -> told(title, split, all));
  }

  private Optional<OfSplit> known(String dataset, String split) {
    return Optional.ofNullable(dataSets.get(dataset)).map(set -> set.splits().get(split));
  }

  /** The title; with the name where two have one; the name where there is none. */
  private static String told(String title, String name, Collection<String> all) {
    if (title.isEmpty() || title.equals(name)) {
      return name;
    }
    return Collections.frequency(all, title) > 1 ? "%s (%s)".formatted(title, name) : title;
  }
}
