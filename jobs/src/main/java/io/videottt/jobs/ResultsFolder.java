package io.videottt.jobs;

import io.videottt.metrics.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The output folder of a sweep, on any Hadoop file system:
 *
 * <pre>
 * units/    UNIT.json     what was asked, committed before the first frame; the outcome at the end
 * failures/ UNIT.json     why a unit failed; removed when it succeeds later
 * metrics/  dataset=D/task=T/method=M/video=V/UNIT.parquet   one row per frame
 * tables/   *.md *.csv *.tex   the tables of the last sweep that ended here
 * _tmp/     RUN/...       files being written; removed when the run ends
 * </pre>
 *
 * <p>A file appears whole or not at all: it is written under {@code _tmp} and renamed. Object
 * stores cannot rename, but an upload there only becomes visible when it is complete, so on them a
 * finished local file is uploaded.
 */
final class ResultsFolder {

  static final String METRICS = "metrics";

  private static final String UNITS = "units";
  private static final String FAILURES = "failures";
  private static final String TEMPORARY = "_tmp";
  private static final String PARQUET = ".parquet";
  private static final String JSON = ".json";
  private static final Set<String> OBJECT_STORES =
      Set.of("s3a", "s3", "s3n", "gs", "oss", "obs", "cosn");

  private final Path root;
  private final Configuration hadoop;

  ResultsFolder(String root, Configuration hadoop) {
    this.hadoop = hadoop;
    try {
      Path path = new Path(root);
      this.root = path.getFileSystem(hadoop).makeQualified(path);
    } catch (IllegalArgumentException | IOException e) {
      throw new InvalidInputException(
          "%s: not a usable output folder (%s)".formatted(root, e.getMessage()), e);
    }
  }

  Path root() {
    return root;
  }

  Path metrics() {
    return new Path(root, METRICS);
  }

  Path metricsFile(Unit unit) {
    return new Path(
        metrics(),
        "dataset=%s/task=%s/method=%s/video=%s/%s%s"
            .formatted(
                unit.dataset(),
                unit.task(),
                unit.method().id(),
                escaped(unit.video()),
                unit.id(),
                PARQUET));
  }

  /** Characters that would break a partition folder's name are written as Hive writes them. */
  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder();
    for (char c : value.toCharArray()) {
      if (c < ' ' || "\"#%'*/:=?\\{}[]^\u007f".indexOf(c) >= 0) {
        escaped.append(String.format("%%%02X", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /**
   * Makes sure that the folder can be written to, and makes it.
   *
   * @throws InvalidInputException when it cannot
   */
  void prepare(String run) {
    Path probe = new Path(temporary(run), "probe");
    try {
      write(probe, "");
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written to (%s); choose another --output"
              .formatted(root, FailureMessages.describe(e)),
          e);
    }
  }

  /** Ids of the units whose metrics are complete. */
  Set<String> finished() throws IOException {
    return list(METRICS, PARQUET).keySet();
  }

  /** Why units failed, by id; the content of the failure files. */
  Map<String, String> failures() throws IOException {
    Map<String, String> failures = new TreeMap<>();
    for (Map.Entry<String, Path> entry : list(FAILURES, JSON).entrySet()) {
      try (var in = fileSystem().open(entry.getValue())) {
        failures.put(entry.getKey(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return failures;
  }

  /** Records what is about to run, and later how it went. */
  void commitUnit(String unitId, String json, String run) throws IOException {
    commitText(new Path(root, UNITS + "/" + unitId + JSON), json, run);
  }

  /** Records why a unit failed. */
  void commitFailure(String unitId, String json, String run) throws IOException {
    commitText(new Path(root, FAILURES + "/" + unitId + JSON), json, run);
  }

  /** Forgets an earlier failure of a unit that has succeeded. */
  void clearFailure(String unitId) throws IOException {
    fileSystem().delete(new Path(root, FAILURES + "/" + unitId + JSON), false);
  }

  private void commitText(Path target, String text, String run) throws IOException {
    if (isObjectStore()) {
      write(target, text);
      return;
    }
    Path temporary = new Path(temporary(run), target.getName() + "-" + UUID.randomUUID());
    write(temporary, text);
    rename(temporary, target);
  }

  /** Moves a complete file to where readers look for it, over an older one if there is one. */
  void rename(Path temporary, Path target) throws IOException {
    FileSystem files = fileSystem();
    files.mkdirs(target.getParent());
    if (files instanceof LocalFileSystem) {
      // Atomic and overwriting too, and without the processes that a file context starts for links.
      if (!files.rename(temporary, target)) {
        throw new IOException("cannot rename %s to %s".formatted(temporary, target));
      }
      return;
    }
    FileContext.getFileContext(root.toUri(), hadoop)
        .rename(temporary, target, Options.Rename.OVERWRITE);
  }

  private void write(Path file, String text) throws IOException {
    try (FSDataOutputStream out = fileSystem().create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Folder of a run's unfinished files. */
  Path temporary(String run) {
    return new Path(root, TEMPORARY + "/" + run);
  }

  /** Removes a run's unfinished files, and the folder of all runs when it is empty. */
  void removeTemporary(String run) throws IOException {
    FileSystem files = fileSystem();
    files.delete(temporary(run), true);
    Path all = new Path(root, TEMPORARY);
    try {
      if (files.exists(all) && files.listStatus(all).length == 0) {
        files.delete(all, false);
      }
    } catch (FileNotFoundException e) {
      // Another run removed it in the meantime.
      return;
    }
  }

  boolean isObjectStore() {
    String scheme = root.toUri().getScheme();
    return scheme != null && OBJECT_STORES.contains(scheme);
  }

  FileSystem fileSystem() throws IOException {
    return root.getFileSystem(hadoop);
  }

  private Map<String, Path> list(String folder, String suffix) throws IOException {
    Map<String, Path> files = new HashMap<>();
    Path path = new Path(root, folder);
    if (!fileSystem().exists(path)) {
      return files;
    }
    RemoteIterator<LocatedFileStatus> iterator = fileSystem().listFiles(path, true);
    while (iterator.hasNext()) {
      Path file = iterator.next().getPath();
      String name = file.getName();
      if (name.endsWith(suffix) && !name.startsWith(".") && !name.startsWith("_")) {
        files.put(name.substring(0, name.length() - suffix.length()), file);
      }
    }
    return files;
  }
}
