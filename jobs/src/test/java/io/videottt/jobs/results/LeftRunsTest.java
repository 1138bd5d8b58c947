package io.videottt.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.jobs.TinySweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What killed runs leave is removed by the next one; what living runs need stays. */
class LeftRunsTest {

  private static final String SELF = "run-self";

  @TempDir private Path temporaryFolder;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = temporaryFolder.resolve("out");
  }

  private ResultsFolder results() {
    return new ResultsFolder(folder.toString(), new Configuration());
  }

  private Path temporary(String run) {
    return folder.resolve("_tmp").resolve(run);
  }

  /** A run with one unfinished file and a lease. */
  private void leave(String run, LeaseOwner owner, Duration age) throws IOException {
    results().commitLease(run, owner.json());
    Files.write(temporary(run).resolve(".unit.parquet"), new byte[1000]);
    Files.setLastModifiedTime(
        temporary(run).resolve("lease.json"), FileTime.from(Instant.now().minus(age)));
  }

  private static LeaseOwner elsewhere() {
    return new LeaseOwner("elsewhere", "another machine", 1, 0);
  }

  private static LeaseOwner owner(Process process) {
    LeaseOwner self = LeaseOwner.self();
    return new LeaseOwner(
        self.host(),
        self.machine(),
        process.pid(),
        process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  private List<String> removed() throws IOException {
    RunLease lease = RunLease.begin(results(), SELF);
    try {
      return results().removeLeftRuns(SELF).stream().map(LeftRuns.Run::run).toList();
    } finally {
      lease.close();
    }
  }

  @Test
  void aRunOfAProcessThatHasEndedIsRemovedAtOnceAndOneThatLivesStaysHoweverOldItsLease()
      throws Exception {
    Process living = new ProcessBuilder("sleep", "600").start();
    try {
      leave("run-living", owner(living), Duration.ofHours(5));
      Process ended = new ProcessBuilder("sleep", "600").start();
      leave("run-killed", owner(ended), Duration.ZERO);
      ended.destroyForcibly().waitFor();

      assertThat(removed()).containsExactly("run-killed");
      assertThat(temporary("run-killed")).doesNotExist();
      assertThat(temporary("run-living").resolve(".unit.parquet")).exists();
    } finally {
      living.destroyForcibly().waitFor();
    }
    assertThat(removed()).containsExactly("run-living");
  }

  @Test
  void aProcessNumberThatWasGivenAgainIsAnotherProcess() throws Exception {
    LeaseOwner self = LeaseOwner.self();
    LeaseOwner before = new LeaseOwner(self.host(), self.machine(), self.pid(), 1000);
    assertThat(self.isRunning()).contains(true);
    assertThat(before.isRunning()).contains(false);
    assertThat(elsewhere().isRunning()).isEmpty();
  }

  @Test
  void ofAnotherMachinesRunTheLeaseDecidesByTheClockOfTheStorage() throws IOException {
    leave("run-fresh", elsewhere(), Duration.ofMinutes(9));
    leave("run-stale", elsewhere(), Duration.ofMinutes(11));

    assertThat(removed()).containsExactly("run-stale");

    // The storage's clock is an hour behind this machine's: nothing has changed for the run.
    results().commitLease(SELF, LeaseOwner.self().json());
    Instant hourAgo = Instant.now().minus(Duration.ofHours(1));
    Files.setLastModifiedTime(temporary(SELF).resolve("lease.json"), FileTime.from(hourAgo));
    Files.setLastModifiedTime(temporary("run-fresh").resolve("lease.json"), FileTime.from(hourAgo));
    assertThat(results().removeLeftRuns(SELF)).isEmpty();
    assertThat(temporary("run-fresh")).exists();
  }

  @Test
  void aRunOfAnEarlierVersionCountsAsAliveForADay() throws IOException {
    for (String run : List.of("run-old", "run-new", "something-else")) {
      Files.createDirectories(temporary(run));
      Files.writeString(temporary(run).resolve("probe"), "");
    }
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
    for (String old : List.of("run-old", "something-else")) {
      Files.setLastModifiedTime(temporary(old).resolve("probe"), before);
      Files.setLastModifiedTime(temporary(old), before);
    }

    assertThat(removed()).containsExactly("run-old");
    assertThat(temporary("run-new")).exists();
    assertThat(temporary("something-else")).exists();
  }

  @Test
  void aDamagedLeaseIsHeardAllTheSame() throws IOException {
    leave("run-odd", elsewhere(), Duration.ZERO);
    for (String content : List.of("", "null", "{\"pid\": {}}", "x".repeat(10_000))) {
      Files.write(
          temporary("run-odd").resolve("lease.json"), content.getBytes(StandardCharsets.UTF_8));
      assertThat(removed()).isEmpty();
    }
  }

  @Test
  void foldersWithoutACheckpointAreRemovedUnlessSomebodyElseIsAtWork() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("checkpoints/" + "a".repeat(32)));
    Path unnamed = Files.createDirectories(folder.resolve("checkpoints/" + "b".repeat(32)));
    Files.writeString(unnamed.resolve("parameters-000000001-aa.safetensors"), "");
    Path whole = Files.createDirectories(folder.resolve("checkpoints/" + "c".repeat(32)));
    Files.writeString(whole.resolve("checkpoint.json"), "{}");
    leave("run-fresh", elsewhere(), Duration.ZERO);

    assertThat(removed()).isEmpty();
    assertThat(empty).exists();

    leave("run-fresh", elsewhere(), Duration.ofHours(1));
    assertThat(removed()).containsExactly("run-fresh");
    assertThat(empty).doesNotExist();
    assertThat(unnamed).doesNotExist();
    assertThat(whole.resolve("checkpoint.json")).exists();
    Files.delete(whole.resolve("checkpoint.json"));
    removed();
    assertThat(folder.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void theNextSweepRemovesWhatAKilledOneHasLeftAndStatusTells() throws Exception {
    TinySweep tiny = TinySweep.create(temporaryFolder, 2);
    Path config = tiny.config("methods: [{method: mae-joint-training, preset: small}]\n");
    assertThat(tiny.sweep(config, "out", "local[1]").status()).isZero();
    Process ended = new ProcessBuilder("sleep", "600").start();
    leave("run-killed", owner(ended), Duration.ZERO);
    ended.destroyForcibly().waitFor();
    Files.createDirectories(folder.resolve("checkpoints"));
    leave("run-fresh", elsewhere(), Duration.ZERO);

    assertThat(TinySweep.run("status", "--output", folder.toString()).out())
        .contains("run-killed was killed (host ")
        .contains("the next sweep here removes its 1 unfinished file")
        .contains("run-fresh is at work here: host elsewhere, process 1, heard of ");

    TinySweep.Run next = tiny.sweep(config, "out", "local[1]");
    assertThat(next.status()).as(next.err()).isZero();
    assertThat(next.err()).contains("removed what run-killed has left, which was killed: 1");
    assertThat(temporary("run-killed")).doesNotExist();
    assertThat(temporary("run-fresh")).exists();
    Files.delete(temporary("run-fresh").resolve("lease.json"));
    Files.delete(temporary("run-fresh").resolve(".unit.parquet"));
    Files.delete(temporary("run-fresh"));
    assertThat(tiny.sweep(config, "out", "local[1]").status()).isZero();
    assertThat(folder.resolve("_tmp")).doesNotExist();
    assertThat(folder.resolve("checkpoints")).doesNotExist();
  }
}
