package io.videottt.jobs.results;

import static io.videottt.jobs.results.SyntheticResults.unannotated;
import static io.videottt.jobs.results.SyntheticResults.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Methods;
import io.videottt.base.Task;
import io.videottt.jobs.sweep.plan.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFolderTest {

  @TempDir private Path folder;

  private ResultsFolder results() {
    return new ResultsFolder(folder.toString(), new Configuration());
  }

  private Unit write(Task task, String video) throws IOException {
    Unit unit = unit(task, video, Methods.ONLINE_TTT_MAE, 0);
    new SyntheticResults(folder).write(unit, unannotated(0, task));
    return unit;
  }

  @Test
  void aFolderThatIsNotThereHoldsNothing() throws IOException {
    ResultsFolder none = new ResultsFolder(folder.resolve("none").toString(), new Configuration());

    assertThat(none.tasks()).isEmpty();
    assertThat(none.hasMetrics()).isFalse();
    assertThat(none.inventory().units()).isEmpty();
    assertThat(none.begun()).isEmpty();
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void tasksAndUnitsAreThoseOfAllVideosAndHiddenFoldersDoNotCount() throws IOException {
    Unit first = write(Task.SEMANTIC, "0001");
    Unit second = write(Task.SEMANTIC, "_0002");
    Unit third = write(Task.PANOPTIC, ".0001");
    for (String hidden : List.of(".cache/any", "_old/task=instance", "dataset=tiny/_old")) {
      Path other = Files.createDirectories(folder.resolve("metrics").resolve(hidden));
      Files.writeString(other.resolve("0123456789abcdef0123456789abcdef.parquet"), "");
    }

    assertThat(results().tasks()).containsExactly(Task.SEMANTIC, Task.PANOPTIC);
    assertThat(results().inventory().units())
        .containsExactlyInAnyOrder(first.id(), second.id(), third.id());
  }

  @Test
  void foldersThatAreNoTasksArePassedOver() throws IOException {
    write(Task.SEMANTIC, "0001");
    Files.createDirectories(folder.resolve("metrics/dataset=tiny/task=depth"));
    Files.createDirectories(folder.resolve("metrics/@eaDir/task=panoptic"));

    assertThat(results().tasks()).containsExactly(Task.SEMANTIC);
    assertThat(results().inventory().isPure()).isTrue();
  }
}
