package io.videottt.jobs;

import static io.videottt.jobs.CommandLineTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said to somebody who has not given a command what it needs, and to who asks for help. */
class WrongUsageTest {

  @ParameterizedTest
  @MethodSource("io.videottt.jobs.CommandLineTest#commands")
  void aMisspelledOptionIsNamedBeforeTheRequiredOnesThatAreMissing(String command) {
    List<String> arguments = new ArrayList<>(Arrays.asList(command.split(" ")));
    arguments.addAll(List.of("stray", "--debugg"));
    CommandLineTest.Run run = run(arguments.toArray(String[]::new));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines().toList())
        .as(run.err())
        .last()
        .isEqualTo("Try: ./ttt %s --help".formatted(command));
    assertThat(run.err()).contains("'--debugg'").doesNotContain("Missing required").hasLineCount(2);
  }

  @Test
  void aMisspelledRequiredOptionIsAskedFor() {
    assertThat(run("sweep", "--confg", "x", "--output", "y").err().lines())
        .containsExactly(
            "ttt: Unknown options: '--confg', 'x'; did you mean --config or --conf?",
            "Try: ./ttt sweep --help");
    assertThat(run("export", "--too=csv").err())
        .startsWith("ttt: Unknown option: '--too=csv'; did you mean --to?");
    assertThat(run("sweep", "x").err()).startsWith("ttt: Missing required option");
  }

  @Test
  void aPairThatIsNoneIsNamedOnce() {
    for (String option : List.of("--conf", "--set", "--model")) {
      CommandLineTest.Run run = run("sweep", "--config", "x", "--output", "y", option, "joint");
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err())
          .startsWith("ttt: Value for option '%s' ".formatted(option))
          .contains("joint");
    }
  }

  @Test
  void wordsThatMayBeGivenAreListedAsTheyAreGiven() {
    assertThat(run("export", "--to", "excel", "--from", "x", "--output", "y").err().lines())
        .containsExactly(
            "ttt: Invalid value for option '--to': expected one of [tensorboard, mlflow, csv]"
                + " (case-insensitive) but was 'excel'",
            "Try: ./ttt export --help");
    assertThat(run("sweep", "--config", "x", "--output", "y", "--save", "NOTHING").err())
        .contains("[predictions, overlays, video]", "'NOTHING'");
  }

  @Test
  void helpOfACommandIsWhatTheCommandSaysOfItself() {
    assertThat(run("help").out()).isEqualTo(run("--help").out());
    assertThat(run("help", "sweep").out()).isEqualTo(run("sweep", "--help").out());
    assertThat(run("help", "catalog", "check").out())
        .isEqualTo(run("catalog", "check", "--help").out());
    assertThat(run("help", "help").out()).isEqualTo(run("--help").out());
    for (CommandLineTest.Run run : List.of(run("help", "swep"), run("swep", "--help"))) {
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("'swep'; did you mean sweep?");
    }
  }

  @Test
  void aWordThatIsNearlyACommandOrAnOptionIsAskedFor() {
    assertThat(run("swep").err().lines())
        .containsExactly(
            "ttt: Unmatched argument at index 0: 'swep'; did you mean sweep?", "Try: ./ttt --help");
    assertThat(run("sweep", "--confg", "x", "--config", "x", "--output", "y").err())
        .contains("'--confg'", "did you mean", "--config");
    assertThat(run("zzzzzz").err()).doesNotContain("did you mean");
  }

  @Test
  void whatExcludesEachOtherIsSaid() {
    CommandLineTest.Run run =
        run("sweep", "--config", "x", "--output", "y", "--rerun-changed", "--accept-changed");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--rerun-changed and --accept-changed exclude each other");
  }

  @Test
  void wrongUsageIsStatusTwoAndTwoLines() {
    CommandLineTest.Run run = run("sweep", "--output", "x");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly(
            "ttt: Missing required option: '--config=FILE'", "Try: ./ttt sweep --help");
  }

  @Test
  void anUnknownOptionIsStatusTwo() {
    assertThat(run("sweep", "--speed", "3").status()).isEqualTo(2);
  }

  @Test
  void anUnknownCommandIsStatusTwo() {
    CommandLineTest.Run run = run("swep");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines().count()).isLessThanOrEqualTo(2);
  }
}
