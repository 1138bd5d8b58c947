package io.videottt.jobs.results;

import io.videottt.base.Count;
import io.videottt.base.InvalidInputException;
import io.videottt.reports.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.Path;

/**
 * The files below {@code metrics/}, each read to its end: which can be used, and which cannot and
 * why. What cannot be used is no result: a sweep computes it anew, a report leaves it out and names
 * it.
 */
public final class UnitInventory {

  /** Reading is waiting where the files are elsewhere. */
  private static final int THREADS = Math.max(8, Runtime.getRuntime().availableProcessors());

  /** File name stem of {@link #leftOut}. */
  public static final String LEFT_OUT = "left-out";

  /** Rows of the table of a report; more are counted under it. */
  private static final int TABLED = 200;

  /** Lines that are shown of a list. */
  private static final int SHOWN = 10;

  private final Map<String, UnitFile> sound = new TreeMap<>();
  private final List<UnitFile> unusable = new ArrayList<>();
  private final List<Path> others;

  private UnitInventory(List<UnitFile> files, List<Path> others) {
    this.others = List.copyOf(others);
    Map<String, UnitFile> holders = new HashMap<>();
    for (UnitFile file : files) {
      file.unit().ifPresent(unit -> holders.merge(unit, file, UnitInventory::refused));
      if (file.isSound()) {
        sound.put(file.unit().orElseThrow(), file);
      } else {
        unusable.add(file);
      }
    }
  }

  /** Of two files of one unit nobody can tell which one is meant. */
  private static UnitFile refused(UnitFile one, UnitFile other) {
    throw new InvalidInputException(
        "%s and %s hold the same frames, of unit %s; delete the one that is not meant"
            .formatted(one.path(), other.path(), one.unit().orElseThrow()));
  }

  /**
   * Reads files, several at once.
   *
   * @param files those that are named as units' files
   * @param others what else lies among them
   * @throws InvalidInputException when two of them hold one unit
   */
  static UnitInventory of(List<Path> files, List<Path> others, UnitFileCheck check)
      throws IOException {
    if (files.isEmpty()) {
      return new UnitInventory(List.of(), others);
    }
    ExecutorService readers =
        Executors.newFixedThreadPool(
            Math.min(THREADS, files.size()),
            task -> {
              Thread thread = new Thread(task, "unit-files");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<Optional<UnitFile>>> checks = new ArrayList<>();
      files.forEach(file -> checks.add(readers.submit(() -> check.check(file))));
      List<UnitFile> found = new ArrayList<>();
      for (Future<Optional<UnitFile>> each : checks) {
        each.get().ifPresent(found::add);
      }
      return new UnitInventory(found, others);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("reading the results was interrupted");
    } finally {
      readers.shutdownNow();
    }
  }

  /** Ids of the units that have results. */
  public Set<String> units() {
    return sound.keySet();
  }

  /** The files that can be used, by unit. */
  public Map<String, UnitFile> sound() {
    return sound;
  }

  /** The files that cannot be used. */
  public List<UnitFile> unusable() {
    return unusable;
  }

  /** Whether there is nothing but files that can be used, so that the whole folder can be read. */
  public boolean isPure() {
    return unusable.isEmpty() && others.isEmpty();
  }

  /** What is no unit's file, in a line for people; empty where there is nothing. */
  public Optional<String> foreign() {
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not read: %s of no unit below %s/, for example %s"
                .formatted(Count.of(others.size(), "file"), ResultsFolder.METRICS, others.get(0)));
  }

  /** The file in a unit's place that cannot be used. */
  public Optional<UnitFile> unusable(String unitId) {
    return unusable.stream().filter(file -> stem(file).equals(unitId)).findFirst();
  }

  /**
   * What is neither a result nor in a planned unit's place, in lines for people.
   *
   * @param planned ids of the units whose places are told elsewhere
   */
  public List<String> stray(Set<String> planned) {
    List<UnitFile> rest = unusable.stream().filter(file -> !planned.contains(stem(file))).toList();
    List<String> lines = new ArrayList<>();
    if (!rest.isEmpty()) {
      lines.add(
          "not usable and in no planned unit's place: %s".formatted(Count.of(rest.size(), "file")));
      lines.addAll(lines(rest));
    }
    foreign().ifPresent(lines::add);
    return lines;
  }

  /** The id of the unit that a file is named after. */
  private static String stem(UnitFile file) {
    String name = file.path().getName();
    return name.substring(0, name.length() - ResultsFolder.PARQUET.length());
  }

  /** The files in the places of some units that cannot be used. */
  public List<UnitFile> unusable(Collection<String> unitIds) {
    return unitIds.stream().flatMap(id -> unusable(id).stream()).toList();
  }

  /**
   * Refuses to take for missing what may be whole.
   *
   * @throws InvalidInputException when the storage does not give the bytes of one of the files
   */
  public static void requireReadable(List<UnitFile> files) {
    for (UnitFile file : files) {
      if (file.state() == UnitFile.State.UNREADABLE) {
        throw new InvalidInputException(
            "%s; mend the storage, or delete the file to compute its unit anew"
                .formatted(file.describe()));
      }
    }
  }

  /**
   * Why what was read after an earlier inventory may have failed.
   *
   * @return empty when every file that could be used then can be used now
   */
  public Optional<RuntimeException> changedSince(UnitInventory before) {
    return unusable.stream()
        .filter(file -> before.sound.values().stream().anyMatch(b -> b.path().equals(file.path())))
        .findFirst()
        .map(
            file ->
                new InvalidInputException(
                    "%s; it was changed just now; start the command again"
                        .formatted(file.describe())));
  }

  /** What is left out, and that some of the rest had no checksum; lines for people. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!unusable.isEmpty()) {
      notes.add(
          "left out: %d of %d unit files cannot be used and count as missing; the sweep computes"
                  .formatted(unusable.size(), unusable.size() + sound.size())
              + " its own anew when it is started again");
      notes.addAll(lines(unusable));
    }
    foreign().ifPresent(notes::add);
    long old = sound.values().stream().filter(file -> !file.checksummed()).count();
    if (old > 0) {
      notes.add(
          "note: %d of %d unit files are of an earlier version and hold no checksum of their own;"
                  .formatted(old, sound.size())
              + " damage beyond what Parquet's page checksums find would not be seen");
    }
    return notes;
  }

  /** What a report leaves out, as a table of it; empty where it leaves out nothing. */
  public Optional<Table> leftOut() {
    if (isPure()) {
      return Optional.empty();
    }
    List<List<String>> rows = new ArrayList<>();
    unusable.forEach(file -> rows.add(List.of(file.path().toString(), file.reason())));
    others.forEach(file -> rows.add(List.of(file.toString(), "it is no unit file")));
    List<String> more =
        rows.size() > TABLED ? List.of("And %d more.".formatted(rows.size() - TABLED)) : List.of();
    return Optional.of(
        new Table(
            LEFT_OUT,
            "Left out of this report: %d of %d unit files, which count as missing, and %d others"
                .formatted(unusable.size(), unusable.size() + sound.size(), others.size()),
            List.of("File", "Reason"),
            2,
            rows.subList(0, Math.min(TABLED, rows.size())),
            List.of(),
            more));
  }

  /** One line per file, of many the first ones and their number. */
  public static List<String> lines(List<UnitFile> files) {
    List<String> lines = new ArrayList<>();
    files.stream().limit(SHOWN).forEach(file -> lines.add("  " + file.describe()));
    if (files.size() > SHOWN) {
      lines.add("  and %d more".formatted(files.size() - SHOWN));
    }
    return lines;
  }
}
