package io.videottt.jobs.results;

import io.videottt.io.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The runs that have unfinished files in an output folder, and whether they are alive.
 *
 * <ul>
 *   <li>A run of a process that can be seen from here is alive exactly while the process is.
 *   <li>Any other is alive while its lease was renewed in the last ten minutes, by the clock of the
 *       storage, which stamps both leases: the clocks of the drivers do not matter.
 *   <li>A run without a lease is of an earlier version, and counts as alive for a day after
 *       anything was written below it.
 * </ul>
 *
 * <p>A run that was taken for dead and is not (asleep for longer) loses unfinished files only: its
 * tasks fail and are run again.
 */
public final class LeftRuns {

  static final String LEASE = "lease.json";

  private static final Duration PATIENCE = RunLease.INTERVAL.multipliedBy(10);
  private static final Duration PATIENCE_WITHOUT_LEASE = Duration.ofDays(1);
  private static final Pattern NAME = Pattern.compile("run-[0-9a-zA-Z-]{1,64}");

  private final FileSystem files;
  private final Path folder;

  /**
   * @param folder of all runs' unfinished files
   */
  LeftRuns(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * A run.
   *
   * @param run its name
   * @param alive whether somebody still works on it
   * @param owner whose it is; empty of an earlier version
   * @param heard when its lease was renewed, or anything written
   * @param unfinished number of its unfinished files
   * @param bytes of these
   */
  public record Run(
      String run,
      boolean alive,
      Optional<LeaseOwner> owner,
      Instant heard,
      int unfinished,
      long bytes) {}

  /**
   * All runs that there is a folder of.
   *
   * @param now by the clock of the storage, as well as it is known
   */
  public List<Run> all(Instant now) throws IOException {
    List<Run> runs = new ArrayList<>();
    for (FileStatus status : list(folder)) {
      // Anything else is not ours to judge.
      if (status.isDirectory() && NAME.matcher(status.getPath().getName()).matches()) {
        runs.add(run(status, now));
      }
    }
    return runs;
  }

  /** When the lease of a run was renewed, by the clock of the storage. */
  Instant heard(String run) throws IOException {
    Path lease = new Path(new Path(folder, run), LEASE);
    return Instant.ofEpochMilli(files.getFileStatus(lease).getModificationTime());
  }

  private Run run(FileStatus status, Instant now) throws IOException {
    long last = status.getModificationTime();
    Instant renewed = null;
    int unfinished = 0;
    long bytes = 0;
    for (FileStatus file : list(status.getPath())) {
      last = Math.max(last, file.getModificationTime());
      if (file.getPath().getName().equals(LEASE)) {
        renewed = Instant.ofEpochMilli(file.getModificationTime());
      } else {
        unfinished++;
        bytes += file.getLen();
      }
    }
    Optional<LeaseOwner> owner =
        renewed == null ? Optional.empty() : owner(new Path(status.getPath(), LEASE));
    Instant heard = renewed == null ? Instant.ofEpochMilli(last) : renewed;
    Duration patience = renewed == null ? PATIENCE_WITHOUT_LEASE : PATIENCE;
    boolean alive =
        owner
            .flatMap(LeaseOwner::isRunning)
            .orElseGet(() -> Duration.between(heard, now).compareTo(patience) < 0);
    return new Run(status.getPath().getName(), alive, owner, heard, unfinished, bytes);
  }

  private Optional<LeaseOwner> owner(Path lease) throws IOException {
    try {
      // A lease is written anew while others read it.
      return LeaseOwner.read(Storage.of(lease, files.getConf()).start(lease, LeaseOwner.LARGEST));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private FileStatus[] list(Path path) throws IOException {
    try {
      return files.listStatus(path);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
