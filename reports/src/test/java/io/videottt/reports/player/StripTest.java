package io.videottt.reports.player;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.reports.Titles;
import io.videottt.reports.table.FileName;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StripTest {

  private static final ClipTitles TITLES = new ClipTitles(Titles.NONE);

  private final Player player = SamplePlayer.player();

  @Test
  void everyClipHasAPictureWithAFileNameOfItsOwn() {
    Map<String, byte[]> strips = player.strips(List.of(), SamplePlayer::decoded);

    assertThat(strips).hasSize(3).containsKey("strip-embedded-test-semantic-tiny-dusk");
    assertThat(strips.keySet()).allMatch(name -> name.equals(FileName.of(name)));
    assertThat(strips.values()).allMatch(file -> SamplePlayer.decoded(file).isPresent());
    assertThat(
            player
                .strips(List.of(), SamplePlayer::decoded)
                .get("strip-embedded-test-semantic-tiny-dusk"))
        .isEqualTo(strips.get("strip-embedded-test-semantic-tiny-dusk"));
  }

  @Test
  void thePicturesOfFiveFramesAreInIt() {
    Clip clip = player.clips().get(0);
    Set<Integer> expected = new HashSet<>();
    for (Film film : new Film[] {clip.truth(), clip.fixed().film(), clip.first().film()}) {
      film.pictures().stream()
          .flatMap(Optional::stream)
          .forEach(file -> expected.add(SamplePlayer.decoded(file).orElseThrow().getRGB(0, 0)));
    }

    BufferedImage drawn =
        SamplePlayer.decoded(StripPicture.draw(new Strip(clip, TITLES), SamplePlayer::decoded))
            .orElseThrow();

    Set<Integer> colours = new HashSet<>();
    for (int i = 0; i < drawn.getWidth() * drawn.getHeight(); i++) {
      colours.add(drawn.getRGB(i % drawn.getWidth(), i / drawn.getWidth()));
    }
    assertThat(colours).containsAll(expected);
  }

  @Test
  void whatIsNoPictureLeavesItsPlaceEmpty() {
    Clip clip = player.clips().get(0);

    byte[] drawn = StripPicture.draw(new Strip(clip, TITLES), file -> Optional.empty());

    assertThat(SamplePlayer.decoded(drawn)).isPresent();
  }

  @Test
  void theFramesAreThoseInTheMiddleOfTheirShares() {
    assertThat(new Strip(player.clips().get(0), TITLES).places()).containsExactly(0, 1, 2, 3, 4);
  }
}
