package io.videottt.jobs.sweep.plan;

import io.videottt.base.Printable;
import io.videottt.catalog.SplitVideos;
import io.videottt.catalog.file.Tally;
import io.videottt.catalog.file.TruthWarning;
import io.videottt.catalog.video.Video;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What planning finds wrong with the data of a sweep, each once however often it is asked for:
 * videos that cannot be opened, which the others do without, files that belong to no frame, and
 * ground truth that does not fit together and is read as it stands.
 */
public final class DataFindings {

  private record Split(String dataset, String name) {}

  private record OfVideo(Split split, String video) {}

  private final Map<OfVideo, String> unopened = new LinkedHashMap<>();
  private final Map<Split, List<String>> unmatched = new LinkedHashMap<>();
  private final Map<Split, Map<TruthWarning, Long>> warnings = new LinkedHashMap<>();
  private final Set<OfVideo> scanned = new HashSet<>();
  private final Set<String> notes = new LinkedHashSet<>();

  /** Adds what was found of a split. */
  public void add(String dataset, String name, SplitVideos found) {
    Split split = new Split(dataset, name);
    found.problems().forEach((video, problem) -> unopened.put(new OfVideo(split, video), problem));
    List<String> known = unmatched.computeIfAbsent(split, key -> new ArrayList<>());
    found.videos().forEach(video -> notes.addAll(video.notes()));
    found.unmatched().stream().filter(message -> !known.contains(message)).forEach(known::add);
  }

  /**
   * Adds what is read as it stands, of videos that were not looked at before.
   *
   * @param scan from the ids of videos to what is found of them
   */
  void addWarnings(
      String dataset,
      String name,
      List<Video> videos,
      Function<List<String>, Map<TruthWarning, Tally.Found>> scan) {
    Split split = new Split(dataset, name);
    List<String> ids =
        videos.stream().map(Video::id).filter(id -> scanned.add(new OfVideo(split, id))).toList();
    Map<TruthWarning, Long> counts =
        warnings.computeIfAbsent(split, key -> new EnumMap<>(TruthWarning.class));
    scan.apply(ids).forEach((kind, found) -> counts.merge(kind, found.count(), Long::sum));
  }

  /** What a person should know of the recordings, a line for each. */
  List<String> notes() {
    return notes.stream().map(note -> "note: " + note).toList();
  }

  /** What is read as it stands and what becomes of it, a line for each split. */
  List<String> warnings() {
    List<String> lines = new ArrayList<>();
    warnings.forEach(
        (split, counts) -> {
          if (!counts.isEmpty()) {
            lines.add(
                "%s %s: ground truth read as it stands: %s; ./ttt catalog check %s names them"
                    .formatted(
                        split.dataset(),
                        split.name(),
                        counts.entrySet().stream()
                            .map(
                                entry ->
                                    "%d %s (%s)"
                                        .formatted(
                                            entry.getValue(),
                                            entry.getKey().what(),
                                            entry.getKey().treatment()))
                            .collect(Collectors.joining(", ")),
                        split.dataset()));
          }
        });
    return lines;
  }

  /** The videos that cannot be opened and why, a line for each. */
  List<String> leftOut() {
    List<String> lines = new ArrayList<>();
    unopened.forEach(
        (key, problem) ->
            lines.add(
                "left out: %s %s %s: %s"
                    .formatted(
                        key.split().dataset(),
                        key.split().name(),
                        Printable.line(key.video()),
                        problem.replace('\n', ' '))));
    return lines;
  }

  /** Why the first of the videos that cannot be opened cannot. */
  Optional<String> firstProblem() {
    return unopened.values().stream().findFirst();
  }

  /** How many files, folders and lines of lists belong to no frame, a line for each split. */
  public List<String> unmatched() {
    List<String> lines = new ArrayList<>();
    unmatched.forEach(
        (split, messages) -> {
          if (!messages.isEmpty()) {
            lines.add(
                ("%s %s: files or lines that belong to no frame: %d, for example %s;"
                        + " ./ttt catalog check %s names them")
                    .formatted(
                        split.dataset(),
                        split.name(),
                        messages.size(),
                        messages.get(0),
                        split.dataset()));
          }
        });
    return lines;
  }
}
