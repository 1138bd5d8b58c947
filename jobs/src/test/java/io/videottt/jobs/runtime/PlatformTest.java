package io.videottt.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import org.apache.spark.package$;
import org.junit.jupiter.api.Test;
import scala.util.Properties$;

class PlatformTest {

  private static final Platform PLATFORM = new Platform("4.1", "2.13", "0.1.0");

  @Test
  void thisBuildIsForTheSparkAndTheScalaOfItsClassPath() {
    Platform built = Platform.ofThisBuild();

    built.requireSpark(package$.MODULE$.SPARK_VERSION());
    assertThat(Properties$.MODULE$.versionNumberString()).startsWith(built.scala() + ".");
  }

  @Test
  void everyPatchOfItsSparkWillDo() {
    assertThatCode(() -> PLATFORM.requireSpark("4.1.3")).doesNotThrowAnyException();
  }

  @Test
  void onAClusterOfTheOtherSparkTheOtherJarIsNamed() {
    assertThatThrownBy(() -> PLATFORM.requireSpark("3.5.9"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "videottt-jobs-0.1.0-spark-4.1.jar is for Spark 4.1 with Scala 2.13, but this is Spark 3.5.9\n"
                + "take videottt-jobs-0.1.0-spark-3.5.jar and its libraries");
  }

  @Test
  void aSparkThatNoBuildIsForIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> PLATFORM.requireSpark("4.10.0"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("but this is Spark 4.10.0\nthere are builds for Spark 4.1 and 3.5");
  }
}
