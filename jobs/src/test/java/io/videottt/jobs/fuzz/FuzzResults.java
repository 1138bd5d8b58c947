package io.videottt.jobs.fuzz;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.Sha256;
import io.videottt.catalog.Catalog;
import io.videottt.jobs.data.StoredDataSet;
import io.videottt.jobs.data.UnitData;
import io.videottt.jobs.report.TableFiles;
import io.videottt.jobs.results.FailureRecord;
import io.videottt.jobs.results.FileChecksum;
import io.videottt.jobs.results.LeaseOwner;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.results.StoredPlan;
import io.videottt.jobs.results.SyntheticResults;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.AssumedCosts;
import io.videottt.jobs.sweep.plan.SweepPlan;
import io.videottt.jobs.sweep.plan.Unit;
import io.videottt.jobs.sweep.plan.VideoWork;
import io.videottt.reports.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** The readers of a results folder, which is small and was never measured. */
final class FuzzResults {

  private static final Configuration HADOOP = new Configuration();
  private static final String CHECKPOINT =
      "{\"version\": 2, \"identity\": {}, \"tasks\": [\"SEMANTIC\"], \"progress\": {\"position\":"
          + " 1, \"trainingSeconds\": 0.0, \"candidates\": {}}, \"results\":"
          + " [\"results-1-a.jsonl\"]}";

  private final Path results;
  private final UnitData data =
      new UnitData(
          1,
          Sha256.id("tiny\ntest\na\nclasses=3\n"),
          "tiny",
          "test",
          "a",
          Map.of("classes", "3"),
          Map.of(),
          List.of());

  private FuzzResults(Path results) {
    this.results = results;
  }

  /**
   * A target for every kind of file.
   *
   * @param root for the files that they need
   */
  static List<FuzzTarget> of(Path root) throws IOException {
    FuzzResults results = new FuzzResults(Files.createDirectories(root.resolve("results")));
    results.write();
    return results.targets();
  }

  /** A unit that is done, one that has failed and one that runs, and a run that is at work. */
  private void write() throws IOException {
    List<Unit> units = new ArrayList<>();
    for (long seed = 0; seed < 3; seed++) {
      units.add(SyntheticResults.unit("a", Methods.ONLINE_TTT_MAE, seed));
    }
    SyntheticResults written = new SyntheticResults(results);
    written.write(units.get(0), SyntheticResults.frame(0, "012", "011"));
    written.describeDataSet();
    ResultsFolder folder = folder(results);
    List<AdaptationWork> groups = AdaptationWork.of(units, AssumedCosts.UNIT);
    VideoWork task = VideoWork.of(Catalog.builtIn().definition("camvid"), "test", "a", groups);
    folder.commitPlan(
        StoredPlan.of(
            new SweepPlan(List.of(task)),
            "sweep.yaml",
            AssumedCosts.UNIT,
            Instant.parse("2026-01-02T03:04:05Z")),
        SyntheticResults.RUN);
    for (Unit unit : units) {
      folder.commitUnit(unit.id(), unit.description(), SyntheticResults.RUN);
    }
    Exception reason = new IOException("frame 3 is broken");
    folder.commitFailure(
        units.get(1).id(), FailureRecord.json(units.get(1), reason, "host"), SyntheticResults.RUN);
    Path checkpoint = Path.of(folder.checkpoints(units.get(2).adaptation().id()).toUri());
    Files.createDirectories(checkpoint);
    Files.writeString(checkpoint.resolve("checkpoint.json"), CHECKPOINT);
    folder.commitLease("run-at-work", LeaseOwner.self().json());
  }

  private List<FuzzTarget> targets() throws IOException {
    List<FuzzTarget> targets = new ArrayList<>();
    targets.add(status("plans", ".json"));
    targets.add(status("failures", ".json"));
    targets.add(status("checkpoints", ".json"));
    targets.add(status("_tmp", "lease.json"));
    targets.add(status("metrics", ".parquet"));
    targets.add(
        read(
            "data-set",
            StoredDataSet.of(Catalog.builtIn().definition("embedded")).json(),
            input -> StoredDataSet.read(input, "datasets/tiny.json")));
    targets.add(read("memory-of-data", data.json(), input -> UnitData.read(input, "data/x.json")));
    targets.add(list());
    return targets;
  }

  /** Reads bytes. */
  @FunctionalInterface
  private interface Bytes {
    void read(byte[] input);
  }

  /** A file that is read alone. */
  private static FuzzTarget read(String name, String seed, Bytes reader) {
    byte[] valid = seed.getBytes(StandardCharsets.UTF_8);
    return new FuzzTarget(
        "results-" + name,
        FuzzGrammar.JSON,
        List.of(valid),
        List.of("{\"version\":".repeat(80_000).getBytes(StandardCharsets.UTF_8)),
        2,
        (input, folder) -> {
          reader.read(input);
          return "";
        });
  }

  /** {@code status} with one file of a folder replaced. */
  private FuzzTarget status(String kind, String suffix) throws IOException {
    Path file;
    try (Stream<Path> all = Files.walk(results.resolve(kind))) {
      file = all.filter(f -> f.toString().endsWith(suffix)).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    boolean json = suffix.endsWith(".json");
    // A file of an earlier version, which no checksum guards: Parquet's own reader has to cope.
    List<byte[]> seeds = json ? List.of(bytes) : List.of(bytes, withoutChecksum(bytes));
    return new FuzzTarget(
        "results-" + kind.replace("_tmp", "leases"),
        json ? FuzzGrammar.JSON : FuzzGrammar.BYTES,
        seeds,
        List.of(),
        2,
        (input, scratch) -> {
          Path copy = scratch.resolve("results");
          FuzzModels.copy(results, copy);
          Files.write(copy.resolve(results.relativize(file)), input);
          return FuzzTargets.command("status", "--output", copy.toString());
        });
  }

  /** The list of what a report has written, read before another is. */
  private static FuzzTarget list() throws IOException {
    Table table = new Table("t", "T", List.of("a"), 1, List.of(), List.of(), List.of());
    byte[] seed =
        "{\"index.html\": \"00\", \"t.csv\": \"11\", \"figures/a.svg\": \"22\"}"
            .getBytes(StandardCharsets.UTF_8);
    return new FuzzTarget(
            "results-list-of-tables",
            FuzzGrammar.JSON,
            List.of(seed),
            List.of("{\"a\":".repeat(200_000).getBytes(StandardCharsets.UTF_8)),
            2,
            (input, folder) -> {
              Path report = Files.createDirectories(folder.resolve("report"));
              Files.writeString(folder.resolve("precious.md"), "not the report's");
              FuzzTargets.write(report, TableFiles.LIST, input);
              new TableFiles(report.toString(), HADOOP).write(List.of(table));
              return "";
            })
        .leaving(
            folder -> {
              if (!Files.exists(folder.resolve("precious.md"))) {
                throw new IllegalStateException("a file outside of the report was removed");
              }
            });
  }

  private static ResultsFolder folder(Path folder) {
    return new ResultsFolder(folder.toString(), HADOOP);
  }

  private static byte[] withoutChecksum(byte[] bytes) {
    String other = "videottt.nochecksum".substring(0, FileChecksum.KEY.length());
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .replace(FileChecksum.KEY, other)
        .replace("videottt-sha256:", "videottt-sha999:")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
