package io.videottt.jobs;

import io.videottt.catalog.SplitVideos;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What planning finds wrong with the data of a sweep, each once however often it is asked for:
 * videos that cannot be opened, which the others do without, and files that belong to no frame.
 */
final class DataFindings {

  private record Split(String dataset, String name) {}

  private record Unopened(Split split, String video) {}

  private final Map<Unopened, String> unopened = new LinkedHashMap<>();
  private final Map<Split, List<String>> unmatched = new LinkedHashMap<>();

  /** Adds what was found of a split. */
  void add(String dataset, String name, SplitVideos found) {
    Split split = new Split(dataset, name);
    found.problems().forEach((video, problem) -> unopened.put(new Unopened(split, video), problem));
    List<String> known = unmatched.computeIfAbsent(split, key -> new ArrayList<>());
    found.unmatched().stream().filter(message -> !known.contains(message)).forEach(known::add);
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
                        key.video(),
                        problem.replace('\n', ' '))));
    return lines;
  }

  /** Why the first of the videos that cannot be opened cannot. */
  Optional<String> firstProblem() {
    return unopened.values().stream().findFirst();
  }

  /** How many files, folders and lines of lists belong to no frame, a line for each split. */
  List<String> unmatched() {
    List<String> lines = new ArrayList<>();
    unmatched.forEach(
        (split, messages) -> {
          if (!messages.isEmpty()) {
            lines.add(
                ("%s %s: %d file(s) or line(s) belong to no frame, for example %s;"
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
