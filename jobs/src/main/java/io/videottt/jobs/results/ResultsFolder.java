package io.videottt.jobs.results;

import io.videottt.adaptation.stream.LastCheckpoint;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.file.SystemFiles;
import io.videottt.io.storage.Storage;
import io.videottt.io.storage.UnfinishedFile;
import io.videottt.jobs.data.StoredDataSet;
import io.videottt.jobs.data.UnitData;
import io.videottt.jobs.runtime.FailureMessages;
import io.videottt.jobs.sweep.plan.AdaptationWork;
import io.videottt.jobs.sweep.plan.ResultLabel;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The output folder of a sweep, on any Hadoop file system:
 *
 * <pre>
 * plans/    PLAN.json     what a sweep is to run, with its costs, for {@code ttt status}
 * datasets/ NAME.json     frame rate and classes of the data sets, for reports
 * data/     DATA.json     the data that units were computed on, see {@link UnitData}
 * units/    UNIT.json     what was asked, committed before the first frame; the outcome at the end
 * failures/ UNIT.json     why a unit failed; removed when it succeeds later
 * metrics/  dataset=D/task=T/method=M/video=V/UNIT.parquet   one row per frame
 * tables/   *.md *.csv *.tex   the tables of the last sweep that ended here
 * _tmp/     RUN/...       files being written; removed when the run ends
 * </pre>
 *
 * <p>A file appears whole or not at all, see {@link Storage}; where it is renamed, it is written
 * under {@code _tmp} before. Predictions: see {@link SavedPredictions}. Several drivers may work on
 * one folder: the same unit has the same name in all of them, and the first complete file of its
 * metrics stays.
 */
public final class ResultsFolder {

  public static final String METRICS = "metrics";

  private static final String PLANS = "plans";
  private static final String DATASETS = "datasets";
  private static final String DATA = "data";
  private static final String UNITS = "units";
  private static final String FAILURES = "failures";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String TEMPORARY = "_tmp";
  public static final String PARQUET = ".parquet";
  private static final String JSON = ".json";

  /** A unit's settings; a failure's reason and origin; the names of some hundred classes. */
  private static final int LARGEST_TEXT = 1 << 20;

  /** A video of some hundred thousand files, or some hundred thousand units. */
  private static final int LARGEST_LIST = 1 << 27;

  private static final int MOST_PLANS = 10_000;

  /** Of a unit, an adaptation or data. */
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  private final Path root;
  private final Configuration hadoop;
  private final Storage storage;

  public ResultsFolder(String root, Configuration hadoop) {
    this.hadoop = hadoop;
    try {
      Path path = new Path(root);
      this.storage = Storage.of(path, hadoop);
      this.root = storage.qualified(path);
    } catch (IllegalArgumentException | IOException e) {
      throw new InvalidInputException(
          "%s: not a usable output folder (%s)".formatted(root, FailureReason.of(e)), e);
    }
  }

  public Path root() {
    return root;
  }

  public Path metrics() {
    return new Path(root, METRICS);
  }

  public Path metricsFile(Unit unit) {
    Path folder = metricsFolder(unit.dataset(), unit.task().id(), unit.method().id(), unit.video());
    return new Path(folder, unit.id() + PARQUET);
  }

  /** Where the files of a video's units are. */
  Path metricsFolder(String dataset, String task, String method, String video) {
    return new Path(
        metrics(),
        "dataset=%s/task=%s/method=%s/%s"
            .formatted(dataset, task, method, VideoFolderName.of(video)));
  }

  /** Where the state of a group of units is kept until it ends. */
  public Path checkpoints(AdaptationWork group) {
    return checkpoints(group.adaptation().id());
  }

  /** Where the state of the units of an adaptation is kept until they end. */
  public Path checkpoints(String adaptationId) {
    return new Path(new Path(root, CHECKPOINTS), adaptationId);
  }

  /**
   * Removes the checkpoints of units that have ended, which a task that died just then has left.
   *
   * @param ended groups all of whose units have results
   */
  public void removeCheckpoints(List<AdaptationWork> ended) throws IOException {
    Path folder = new Path(root, CHECKPOINTS);
    Set<String> there =
        storage.foldersIn(folder).stream().map(Path::getName).collect(Collectors.toSet());
    for (AdaptationWork group : ended) {
      if (there.contains(group.adaptation().id())) {
        storage.delete(checkpoints(group));
      }
    }
    storage.deleteIfEmpty(folder);
  }

  /**
   * Makes sure that the folder can be written to, makes it, and claims a run's place in it.
   *
   * @return the claim, until the run ends
   * @throws InvalidInputException when it cannot
   */
  public RunLease prepare(String run) {
    try {
      RunLease lease = RunLease.begin(this, run);
      write(new Path(temporary(run), "probe"), "", run);
      return lease;
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written to (%s); choose another --output"
              .formatted(root, FailureMessages.describe(e)),
          e);
    }
  }

  /** Whether there is any file of metrics, be it usable or not. */
  public boolean hasMetrics() throws IOException {
    return !metricsFiles().isEmpty();
  }

  /** The files of metrics, usable or not. */
  public List<Path> metricsFiles() throws IOException {
    return below(METRICS, PARQUET);
  }

  /** Reads every file of metrics and tells which can be used, and what else lies among them. */
  public UnitInventory inventory() throws IOException {
    Map<Boolean, List<Path>> files =
        storage.filesBelow(metrics(), "").stream()
            .collect(
                Collectors.partitioningBy(
                    file -> file.getName().endsWith(PARQUET) && !isSystem(file, metrics())));
    return UnitInventory.of(files.get(true), files.get(false), metricsCheck());
  }

  /** Files below one of the folders; what file managers leave in folders of their own is none. */
  private List<Path> below(String folder, String suffix) throws IOException {
    Path top = new Path(root, folder);
    return storage.filesBelow(top, suffix).stream().filter(file -> !isSystem(file, top)).toList();
  }

  private boolean isSystem(Path file, Path top) {
    int depth = top.depth();
    for (Path path = file; path.depth() > depth; path = path.getParent()) {
      if (SystemFiles.isOne(path.getName())) {
        return true;
      }
    }
    return false;
  }

  private UnitFileCheck metricsCheck() {
    return new UnitFileCheck(this, storage.fileSystem(), hadoop);
  }

  /** The tasks of which there are metrics; other folders are nothing that a sweep has made. */
  public Set<Task> tasks() throws IOException {
    Set<String> folders = new HashSet<>();
    for (Path dataSet : storage.foldersIn(metrics())) {
      if (dataSet.getName().startsWith("dataset=")) {
        storage.foldersIn(dataSet).forEach(task -> folders.add(task.getName()));
      }
    }
    Set<Task> tasks = EnumSet.allOf(Task.class);
    tasks.removeIf(task -> !folders.contains("task=" + task.id()));
    return tasks;
  }

  /** When units were begun or, where they have ended, ended; by id. */
  public Map<String, Instant> begun() throws IOException {
    return times(UNITS);
  }

  /** When units failed, by id; those that succeeded later are not among them. */
  public Map<String, Instant> failed() throws IOException {
    return times(FAILURES);
  }

  private Map<String, Instant> times(String folder) throws IOException {
    Map<String, Instant> times = new HashMap<>();
    storage
        .timesBelow(new Path(root, folder), JSON)
        .forEach((file, time) -> times.put(name(file, JSON), time));
    return times;
  }

  /**
   * Why a unit failed: the content of its failure file.
   *
   * @return empty when it has succeeded meanwhile
   */
  public Optional<String> failure(String unitId) throws IOException {
    try {
      byte[] json = storage.read(new Path(root, FAILURES + "/" + unitId + JSON), LARGEST_TEXT);
      return Optional.of(new String(json, StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * What {@code units/} holds of a unit.
   *
   * @throws FileNotFoundException when the unit was never begun
   */
  public byte[] description(String unitId) throws IOException {
    return storage.read(new Path(root, UNITS + "/" + unitId + JSON), LARGEST_TEXT);
  }

  /** Records what a sweep is to run. */
  public void commitPlan(StoredPlan plan, String run) throws IOException {
    write(new Path(root, PLANS + "/" + plan.id() + JSON), plan.json(), run);
  }

  /**
   * What sweeps were to run here, the latest start first.
   *
   * @throws InvalidInputException when a file is damaged
   */
  public List<StoredPlan> plans() throws IOException {
    List<StoredPlan> plans = new ArrayList<>();
    Map<String, Path> files = list(PLANS, JSON);
    if (files.size() > MOST_PLANS) {
      throw new InvalidInputException(
          "%s/%s: holds %d plans, at most %d are read; delete those of sweeps long past"
              .formatted(root, PLANS, files.size(), MOST_PLANS));
    }
    for (Path file : files.values()) {
      plans.add(StoredPlan.read(storage.read(file, LARGEST_LIST), file.toString()));
    }
    plans.sort(Comparator.comparing(StoredPlan::time).reversed().thenComparing(StoredPlan::id));
    return plans;
  }

  /** What the sweeps that were to run here call their units in tables. */
  public Set<ResultLabel> labels() throws IOException {
    Set<ResultLabel> labels = new LinkedHashSet<>();
    plans().forEach(plan -> labels.addAll(plan.labels()));
    return labels;
  }

  /** Records what reports need to know of a data set. */
  public void commitDataSet(StoredDataSet dataSet, String run) throws IOException {
    write(new Path(root, DATASETS + "/" + dataSet.name() + JSON), dataSet.json(), run);
  }

  /**
   * The data sets that sweeps have told of, by name.
   *
   * @throws InvalidInputException when a file is damaged
   */
  public Map<String, StoredDataSet> dataSets() throws IOException {
    Map<String, StoredDataSet> dataSets = new HashMap<>();
    for (Map.Entry<String, Path> entry : list(DATASETS, JSON).entrySet()) {
      Path file = entry.getValue();
      byte[] json = storage.read(file, LARGEST_TEXT);
      dataSets.put(entry.getKey(), StoredDataSet.read(json, file.toString()));
    }
    return dataSets;
  }

  /** Remembers data, over what was remembered of it. */
  public void commitData(UnitData data, String run) throws IOException {
    write(dataFile(data.id()), data.json(), run);
  }

  /**
   * What is remembered of data.
   *
   * @param id as a unit's file names it
   * @return empty when nothing is
   * @throws InvalidInputException when the file is damaged
   */
  public Optional<UnitData> data(String id) throws IOException {
    // Unit files are foreign: only an id becomes a file name.
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    Path file = dataFile(id);
    try {
      return Optional.of(UnitData.read(storage.read(file, LARGEST_LIST), file.toString()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Ids of all data that is remembered. */
  public Set<String> dataIds() throws IOException {
    return list(DATA, JSON).keySet();
  }

  private Path dataFile(String id) {
    return new Path(root, DATA + "/" + id + JSON);
  }

  /** Forgets a unit's results, predictions, failure and state. */
  public void discard(Unit unit) throws IOException {
    storage.delete(metricsFile(unit));
    new SavedPredictions(root, hadoop).discard(unit);
    clearFailure(unit.id());
    storage.delete(checkpoints(unit.adaptation().id()));
  }

  /** Records what is about to run, and later how it went. */
  public void commitUnit(String unitId, String json, String run) throws IOException {
    write(new Path(root, UNITS + "/" + unitId + JSON), json, run);
  }

  /** Records why a unit failed. */
  public void commitFailure(String unitId, String json, String run) throws IOException {
    write(new Path(root, FAILURES + "/" + unitId + JSON), json, run);
  }

  /** Forgets an earlier failure of a unit that has succeeded. */
  public void clearFailure(String unitId) throws IOException {
    storage.delete(new Path(root, FAILURES + "/" + unitId + JSON));
  }

  private void write(Path target, String text, String run) throws IOException {
    storage.write(
        target, temporary(run), stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Whether a unit's metrics are there and can be used; their file is read for it.
   *
   * @throws IOException when there is a file that cannot be read
   */
  public boolean isFinished(Unit unit) throws IOException {
    Optional<UnitFile> file = metricsCheck().check(metricsFile(unit));
    if (file.isPresent() && file.get().state() == UnitFile.State.UNREADABLE) {
      throw new IOException(file.get().describe());
    }
    return file.isPresent() && file.get().isSound();
  }

  /** Begins a unit's metrics. */
  UnfinishedFile beginMetrics(Unit unit, String run) {
    return storage.begin(metricsFile(unit), temporary(run));
  }

  /** Folder of a run's unfinished files. */
  private Path temporary(String run) {
    return new Path(root, TEMPORARY + "/" + run);
  }

  /** Claims a run's unfinished files, or renews the claim. */
  public void commitLease(String run, byte[] owner) throws IOException {
    storage.write(
        new Path(temporary(run), LeftRuns.LEASE), temporary(run), stream -> stream.write(owner));
  }

  /** The runs that have unfinished files here. */
  public LeftRuns runs() {
    return new LeftRuns(storage.fileSystem(), new Path(root, TEMPORARY));
  }

  /**
   * Removes what runs that are no longer alive have left: their unfinished files and, when nobody
   * else is at work here, folders of checkpoints that hold none.
   *
   * @param run that asks, whose lease is fresh
   * @return the runs whose files were removed
   */
  public List<LeftRuns.Run> removeLeftRuns(String run) throws IOException {
    List<LeftRuns.Run> others = new ArrayList<>(runs().all(runs().heard(run)));
    others.removeIf(other -> other.run().equals(run));
    List<LeftRuns.Run> dead = others.stream().filter(other -> !other.alive()).toList();
    for (LeftRuns.Run each : dead) {
      storage.delete(temporary(each.run()));
    }
    if (dead.size() == others.size()) {
      Path folder = new Path(root, CHECKPOINTS);
      for (Path each : storage.foldersIn(folder)) {
        // Anything else is not ours to remove.
        if (ID.matcher(each.getName()).matches() && LastCheckpoint.isNone(each, hadoop)) {
          storage.delete(each);
        }
      }
      storage.deleteIfEmpty(folder);
    }
    return dead;
  }

  /** Removes a run's unfinished files, and the folder of all runs when it is empty. */
  public void removeTemporary(String run) throws IOException {
    storage.delete(temporary(run));
    storage.deleteIfEmpty(new Path(root, TEMPORARY));
  }

  private Map<String, Path> list(String folder, String suffix) throws IOException {
    Map<String, Path> files = new HashMap<>();
    for (Path file : below(folder, suffix)) {
      files.put(name(file, suffix), file);
    }
    return files;
  }

  private static String name(Path file, String suffix) {
    String name = file.getName();
    return name.substring(0, name.length() - suffix.length());
  }
}
