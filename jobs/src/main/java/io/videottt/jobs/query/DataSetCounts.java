package io.videottt.jobs.query;

import io.videottt.catalog.Catalog;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.jobs.data.StoredDataSet;
import io.videottt.jobs.data.StoredSplit;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.reports.DataSetSummary;
import io.videottt.reports.SplitCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** Counts the videos and frames of the data sets in the results, each once however often it ran. */
public final class DataSetCounts {

  private final Map<String, Map<Video, Frames>> dataSets = new TreeMap<>();

  private record Video(String split, String id) {}

  private record Frames(long all, long annotated) {

    Frames most(Frames other) {
      return new Frames(Math.max(all, other.all), Math.max(annotated, other.annotated));
    }
  }

  /** Adds a row of {@link FrameQueries#videos}. */
  public void add(Row row) {
    Frames frames =
        new Frames(row.<Long>getAs(FrameQueries.FRAMES), row.<Long>getAs(MetricsSchema.ANNOTATED));
    dataSets
        .computeIfAbsent(row.getAs(MetricsSchema.DATASET), name -> new LinkedHashMap<>())
        .merge(
            new Video(row.getAs(MetricsSchema.SPLIT), row.getAs(MetricsSchema.VIDEO)),
            frames,
            Frames::most);
  }

  /**
   * What was counted, in the order of the names.
   *
   * @param known what the results folder tells of data sets
   */
  public List<DataSetSummary> summaries(Map<String, StoredDataSet> known) {
    List<DataSetSummary> summaries = new ArrayList<>();
    dataSets.forEach(
        (name, videos) -> {
          StoredDataSet told = known.get(name);
          TreeSet<String> splits = new TreeSet<>();
          videos.keySet().forEach(video -> splits.add(video.split()));
          summaries.add(
              new DataSetSummary(
                  name,
                  told == null ? name : told.title(),
                  List.copyOf(splits),
                  splits.stream().map(split -> count(name, split, videos, told)).toList(),
                  videos.size(),
                  videos.values().stream().mapToLong(Frames::all).sum(),
                  videos.values().stream().mapToLong(Frames::annotated).sum(),
                  told == null || told.framesPerSecond() == 0
                      ? OptionalDouble.empty()
                      : OptionalDouble.of(told.framesPerSecond()),
                  told == null ? List.of() : told.classes(),
                  told == null ? List.of() : colours(told)));
        });
    return summaries;
  }

  /** Of the file; where it has none, of the built-in data set if its classes are the same. */
  private static List<Integer> colours(StoredDataSet told) {
    List<String> colours = told.colours();
    if (colours.isEmpty() && Catalog.builtIn().names().contains(told.name())) {
      StoredDataSet builtIn = StoredDataSet.of(Catalog.builtIn().definition(told.name()));
      colours = builtIn.classes().equals(told.classes()) ? builtIn.colours() : List.of();
    }
    return colours.stream().map(colour -> Integer.parseInt(colour.substring(1), 16)).toList();
  }

  private static SplitCount count(
      String dataset, String split, Map<Video, Frames> videos, StoredDataSet told) {
    long frames =
        videos.entrySet().stream()
            .filter(video -> video.getKey().split().equals(split))
            .mapToLong(video -> video.getValue().all())
            .sum();
    StoredSplit titles = told == null ? new StoredSplit("", Map.of()) : told.split(split);
    return new SplitCount(
        split, frames, published(dataset, split), titles.title(), titles.videos());
  }

  /** What the catalogue that comes along knows; results of other data sets know nothing of it. */
  private static OptionalLong published(String dataset, String split) {
    Catalog catalog = Catalog.builtIn();
    if (!catalog.names().contains(dataset)) {
      return OptionalLong.empty();
    }
    SplitDefinition definition = catalog.definition(dataset).splits().get(split);
    return definition == null || definition.published() == null
        ? OptionalLong.empty()
        : OptionalLong.of(definition.published().frames());
  }
}
