package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.catalog.scenes.EmbeddedClips;
import io.videottt.catalog.scenes.GeneratedClip;
import io.videottt.catalog.scenes.GeneratedVideo;
import io.videottt.catalog.scenes.Look;
import io.videottt.catalog.shift.Course;
import io.videottt.catalog.video.Video;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** The embedded drives that are to show what adapting to a stream gains and costs. */
class EmbeddedShiftsTest {

  private static final int STRONGEST = 80;
  private static final List<String> SPLITS =
      List.of(
          "val-shifts",
          "val-no-shift",
          "test-shifts",
          "test-no-shift",
          "test-constant-shifts",
          "test-changing-shifts");

  private final DataSet embedded =
      Catalog.builtIn().open("embedded", Optional.empty(), new Configuration(false));

  @Test
  void drivesWithShiftsAreTheSameOnEveryMachine() {
    List<String> digests = new ArrayList<>();
    for (String split : SPLITS) {
      for (Video video : embedded.videos(split)) {
        digests.add(
            "%s %s %s"
                .formatted(
                    video.id(), Digests.of(video.read(30)), Digests.of(video.read(STRONGEST))));
      }
    }
    assertThat(digests)
        .containsExactly(
            "val-rising-evening 7d27efad3d49fa83 c7302c97599e6db9",
            "val-rising-haze 3509de8a93796623 ade2303a0a73db71",
            "val-rising-drizzle 91246cdbfbf23f1b 72e9b1e3e5937ecc",
            "val-rising-speckle f23d5e8a2e4dda45 4da9cbc0137323bf",
            "val-clear-drive 6b3460817105415f bf5c1c58e93ad438",
            "test-rising-dusk 856b6afd5938d191 257c2c6d33139076",
            "test-rising-fog d132bfd6278790f1 38ca9852fdfb666d",
            "test-rising-rain 5e46a53f940933b4 9a1619c56b04a70a",
            "test-rising-cast 5530e64e6915b8a7 eff82635d0c069f7",
            "test-rising-low-light 84a249aa2e701898 0ac79d9c969df27f",
            "test-rising-defocus 7ad583f983d3af54 631cbb3fbbd5d4d8",
            "test-rising-jpeg 6e677bba0ff85b78 40f125c9fae1bba5",
            "test-clear-1 2c4797528cfc6216 5753daa6485ef247",
            "test-clear-2 a34ab9e98ce283c0 c6764917e41ded02",
            "test-constant-dusk 783f3b0ed47c77fc 5c5bfadeaeb90ad4",
            "test-constant-fog 234da6959813aabf 74ac518f398dc33f",
            "test-constant-low-light 058d4377f4a22aa3 b65b7ffc1c3155fc",
            "test-changing-fog-to-dusk 7de6b9a338b03f5f 1ad94dfc111d3589",
            "test-changing-rain-to-cast c056e9f00205abe9 ac4572eddf0a4385",
            "test-changing-cast-to-low-light fd1d61ae2bffae1f a50e752f87d9c54d");
  }

  @Test
  void everyDriveHas160FramesAndATitle() {
    for (String split : SPLITS) {
      assertThat(embedded.definition().split(split).title()).as(split).isNotEmpty();
      assertThat(embedded.videos(split))
          .as(split)
          .isNotEmpty()
          .allMatch(video -> video.frameCount() == 160)
          .noneMatch(
              video -> embedded.definition().split(split).titleOf(video.id()).equals(video.id()));
    }
  }

  @Test
  void aRisingShiftLeavesTheFirstAndTheLastTenthAsAClearDay() {
    for (String split : List.of("val-shifts", "test-shifts")) {
      for (Video video : embedded.videos(split)) {
        for (int index : new int[] {0, 15, 144, 159}) {
          assertThat(video.read(index).image().pixels())
              .as("%s, frame %d", video.id(), index)
              .isEqualTo(clear(video).read(index).image().pixels());
        }
      }
    }
  }

  @Test
  void aRisingShiftIsStrongestInTheMiddleAndEveryPictureThereDiffersFromAClearDay() {
    for (String split : List.of("val-shifts", "test-shifts")) {
      for (Video video : embedded.videos(split)) {
        assertThat(difference(video, STRONGEST))
            .as(video.id())
            .isGreaterThan(difference(video, 40))
            .isGreaterThan(difference(video, 120))
            .isGreaterThan(2);
        assertThat(difference(video, 40)).as(video.id()).isGreaterThan(0.1);
      }
    }
  }

  @Test
  void clearDrivesAreClearThroughout() {
    for (String split : List.of("val-no-shift", "test-no-shift")) {
      for (Video video : embedded.videos(split)) {
        for (int index = 0; index < 160; index += 40) {
          assertThat(difference(video, index)).as(video.id()).isZero();
        }
      }
    }
  }

  @Test
  void aConstantShiftIsThereInTheFirstFrameAndInTheLast() {
    for (Video video : embedded.videos("test-constant-shifts")) {
      assertThat(difference(video, 0)).as(video.id()).isGreaterThan(5);
      assertThat(difference(video, 159)).as(video.id()).isGreaterThan(5);
    }
  }

  @Test
  void fogGivesWayToDusk() {
    Video video = embedded.video("test-changing-shifts", "test-changing-fog-to-dusk");
    GeneratedClip clip = EmbeddedClips.BY_ID.get(video.id());
    assertThat(clip.lookAt(20).fog()).isPositive();
    assertThat(clip.lookAt(20).dusk()).isZero();
    assertThat(clip.lookAt(80).fog()).isPositive();
    assertThat(clip.lookAt(80).dusk()).isPositive();
    assertThat(clip.lookAt(140).fog()).isZero();
    assertThat(clip.lookAt(140).dusk()).isPositive();
  }

  @Test
  void validationDrivesShowOtherStreetsAndOtherShiftsThanTestDrives() {
    Set<Long> seeds = new HashSet<>();
    for (GeneratedClip clip : EmbeddedClips.BY_ID.values()) {
      assertThat(seeds.add(clip.seed())).as(clip.id()).isTrue();
    }
    Set<List<GeneratedClip.Stage>> tested = new HashSet<>();
    for (String split : List.of("test-shifts", "test-constant-shifts", "test-changing-shifts")) {
      embedded.videoIds(split).forEach(id -> tested.add(EmbeddedClips.BY_ID.get(id).stages()));
    }
    for (String id : embedded.videoIds("val-shifts")) {
      assertThat(tested).doesNotContain(EmbeddedClips.BY_ID.get(id).stages());
    }
  }

  /** The same drive without its shift. */
  private static GeneratedVideo clear(Video video) {
    GeneratedClip clip = EmbeddedClips.BY_ID.get(video.id());
    return new GeneratedVideo(
        GeneratedClip.drive(
            clip.id(),
            clip.frames(),
            clip.seed(),
            GeneratedClip.Stage.of(Course.CONSTANT, Look.CLEAR)));
  }

  /** Mean difference to the same frame of a clear day, in values of 0 to 255. */
  private static double difference(Video video, int index) {
    byte[] shifted = video.read(index).image().pixels();
    byte[] original = clear(video).read(index).image().pixels();
    long sum = 0;
    for (int i = 0; i < shifted.length; i++) {
      sum += Math.abs((shifted[i] & 0xff) - (original[i] & 0xff));
    }
    return (double) sum / shifted.length;
  }
}
