package io.videottt.jobs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.jobs.results.SyntheticResults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader of foreign bytes ({@link FuzzTargets} lists them) against damaged and hostile
 * inputs. A few in every build; {@code mvn -Pfuzz test -pl jobs -am} tries thousands. {@code
 * -Dfuzz.seed=N} tries others, {@code -Dfuzz.target=REGEX} those of some readers only.
 */
class FuzzTest {

  private static final long SEED = Long.getLong("fuzz.seed", 20_261_128);
  private static final int LEAST = 2000;
  private static final long NO_LIMIT = TimeUnit.DAYS.toSeconds(1);

  @TempDir private Path folder;

  @Test
  void aFewInputsOfEveryReaderEndAsPromised() {
    List<FuzzTarget> targets = chosen(FuzzTargets.all(folder));
    int each = 2;
    int expected = targets.stream().mapToInt(target -> share(target, each)).sum();
    // However slow the machine is: so few inputs are tried to the last.
    assertThat(run(targets, each, 1, NO_LIMIT)).isEqualTo(expected);
  }

  @Test
  @Tag("fuzz")
  void thousandsOfInputsEndAsPromised() throws Exception {
    try (SparkSession spark = SyntheticResults.session()) {
      List<FuzzTarget> targets = new ArrayList<>(FuzzTargets.all(folder));
      targets.add(FuzzReports.of(spark));
      targets.addAll(FuzzTargets.checkpoints());
      int each = Integer.getInteger("fuzz.inputs", 2 * LEAST) / targets.size() + 1;
      List<FuzzTarget> some = chosen(targets);
      int expected = some.stream().mapToInt(target -> share(target, each)).sum();
      int tried = run(some, each, Integer.MAX_VALUE, Long.getLong("fuzz.seconds", 1200));
      assertThat(tried).isGreaterThanOrEqualTo(Math.min(LEAST, expected));
    }
  }

  private static List<FuzzTarget> chosen(List<FuzzTarget> targets) {
    String pattern = System.getProperty("fuzz.target", ".*");
    return targets.stream().filter(target -> target.name().matches(pattern)).toList();
  }

  /** How many inputs a reader is given, at least one. */
  private static int share(FuzzTarget target, int each) {
    return Math.max(1, each / target.price());
  }

  /**
   * Tries inputs of all readers.
   *
   * @param valid how many valid files of each have to be accepted before
   * @return how many there were
   */
  private int run(List<FuzzTarget> targets, int each, int valid, long seconds) {
    long start = System.nanoTime();
    long portion = TimeUnit.SECONDS.toNanos(seconds) / targets.size();
    List<String> faults = new ArrayList<>();
    int tried = 0;
    for (int i = 0; i < targets.size(); i++) {
      FuzzTarget target = targets.get(i);
      long before = System.nanoTime();
      try (FuzzRun run = new FuzzRun(target, folder)) {
        run.requireSeedsAccepted(valid, faults);
        int count = run.tryInputs(SEED, share(target, each), start + (i + 1) * portion, faults);
        tried += count;
        System.out.printf(
            "%s: %d inputs, %.1f s%n", target.name(), count, (System.nanoTime() - before) / 1e9);
      }
    }
    assertThat(faults).isEmpty();
    return tried;
  }
}
