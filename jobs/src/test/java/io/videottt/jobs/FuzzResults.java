package io.videottt.jobs;

import io.videottt.adaptation.Method;
import io.videottt.catalog.Catalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** The readers of a results folder, which is small and was never measured. */
final class FuzzResults {

  private FuzzResults() {}

  /**
   * A target for every file of a folder.
   *
   * @param root for the files that they need
   */
  static List<FuzzTarget> of(Path root) throws IOException {
    Configuration hadoop = new Configuration();
    Path results = Files.createDirectories(root.resolve("results"));
    Unit unit = SyntheticResults.unit("a", Method.ONLINE_TTT_MAE, 0);
    SyntheticResults written = new SyntheticResults(results);
    written.write(unit, SyntheticResults.frame(0, "012", "011"));
    written.describeDataSet();
    ResultsFolder folder = new ResultsFolder(results.toString(), hadoop);
    List<UnitGroup> groups = UnitGroup.of(List.of(unit), AssumedCosts.UNIT);
    VideoTask task = VideoTask.of(Catalog.builtIn().definition("camvid"), "test", "a", groups);
    folder.commitPlan(
        StoredPlan.of(
            new SweepPlan(List.of(task)),
            "sweep.yaml",
            "assumed",
            Instant.parse("2026-01-02T03:04:05Z")),
        SyntheticResults.RUN);
    folder.commitUnit(unit.id(), unit.description(), SyntheticResults.RUN);
    List<FuzzTarget> targets = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(results)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(f -> !f.getFileName().toString().startsWith("."))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      boolean json = file.toString().endsWith(".json");
      // A file of an earlier version, which no checksum guards: Parquet's own reader has to cope.
      byte[] seed =
          json
              ? bytes
              : replaced(
                  bytes,
                  FileChecksum.KEY,
                  "videottt.nochecksum".substring(0, FileChecksum.KEY.length()));
      targets.add(
          new FuzzTarget(
              "results-" + results.relativize(file).getName(0),
              json ? FuzzGrammar.JSON : FuzzGrammar.BYTES,
              json ? List.of(bytes) : List.of(bytes, seed),
              List.of(),
              2,
              (input, scratch) -> {
                copy(results, scratch);
                Files.write(scratch.resolve(results.relativize(file)), input);
                return FuzzTargets.command("status", "--output", scratch.toString());
              }));
    }
    return targets;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static byte[] replaced(byte[] bytes, String old, String with) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.replace(old, with)
        .replace("videottt-sha256:", "videottt-sha999:")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
