package io.videottt.jobs.sweep.run;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.VideoFiles;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.jobs.data.DataComparison;
import io.videottt.jobs.data.UnitData;
import io.videottt.jobs.results.ResultsFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * What a results folder remembers of the data that its units were computed on, and the data as it
 * is now, each looked up once.
 */
final class DataMemory {

  private final ResultsFolder results;
  private final Configuration hadoop;
  private final String run;
  private final Consumer<String> notice;
  private final Map<DataSetDefinition, DataSet> dataSets = new HashMap<>();
  private final Map<Place, VideoFiles> listed = new HashMap<>();
  private final Map<String, Optional<UnitData>> remembered = new HashMap<>();
  private final Map<String, DataComparison> compared = new HashMap<>();

  /** Null before it is needed: then all that is remembered has been read. */
  private Map<UnitData.Adopted, List<UnitData>> adopted;

  /**
   * Where data is.
   *
   * @param video empty for all videos of the split
   */
  record Place(DataSetDefinition dataset, String split, String video) {

    /** For people. */
    String describe() {
      return "%s %s %s".formatted(dataset.name(), split, video.isEmpty() ? "(training)" : video);
    }
  }

  /**
   * @param run whose unfinished files these are
   * @param notice hears of memory that cannot be used
   */
  DataMemory(ResultsFolder results, Configuration hadoop, String run, Consumer<String> notice) {
    this.results = results;
    this.hadoop = hadoop;
    this.run = run;
    this.notice = notice;
  }

  /** The data as it is now, listed. */
  VideoFiles now(Place place) {
    return listed.computeIfAbsent(
        place,
        key -> {
          DataSet dataSet =
              dataSets.computeIfAbsent(key.dataset(), each -> DataSet.of(each, hadoop));
          return key.video().isEmpty()
              ? dataSet.files(key.split())
              : dataSet.files(key.split(), key.video());
        });
  }

  /** What a unit's file says that it was computed on. */
  Optional<UnitData> named(String id) throws IOException {
    Optional<UnitData> known = remembered.get(id);
    if (known == null) {
      try {
        known = results.data(id);
      } catch (InvalidInputException e) {
        // Without it the results are as those of before there was a memory.
        notice.accept(e.getMessage());
        known = Optional.empty();
      }
      remembered.put(id, known);
    }
    return known;
  }

  /** What a unit was adopted for. */
  List<UnitData> adopting(UnitData.Adopted unit) throws IOException {
    if (adopted == null) {
      adopted = new HashMap<>();
      for (String id : results.dataIds()) {
        Optional<UnitData> data = named(id);
        if (data.isPresent()) {
          for (UnitData.Adopted each : data.get().adopted()) {
            adopted.computeIfAbsent(each, key -> new ArrayList<>()).add(data.get());
          }
        }
      }
    }
    return adopted.getOrDefault(unit, List.of());
  }

  /** What differs between then and now; new times of files that are the same are remembered. */
  DataComparison compared(UnitData then, Place place) throws IOException {
    DataComparison known = compared.get(then.id());
    if (known == null) {
      VideoFiles now = now(place);
      known = DataComparison.of(then, now);
      if (!known.touched().isEmpty() && known.differences().isEmpty()) {
        results.commitData(then.withTimes(now), run);
      }
      compared.put(then.id(), known);
    }
    return known;
  }

  /**
   * Remembers the data of now.
   *
   * @param units that count as computed on it
   * @param checksums whether to read the files for their checksums
   */
  UnitData remember(Place place, List<UnitData.Adopted> units, boolean checksums)
      throws IOException {
    UnitData data =
        UnitData.of(place.dataset().name(), place.split(), place.video(), now(place), checksums);
    Optional<UnitData> known = named(data.id());
    if (known.isPresent() && known.get().adopted().containsAll(units)) {
      return known.get();
    }
    UnitData all = known.orElse(data).adopting(units);
    results.commitData(all, run);
    remembered.put(all.id(), Optional.of(all));
    return all;
  }
}
