package io.videottt.reports.player;

import java.util.List;
import java.util.Optional;

/**
 * Pictures of the shown frames of a video, one after the other.
 *
 * @param mediaType image/png or image/jpeg
 * @param pictures files, one per shown frame; empty where no picture was kept
 */
public record Film(String mediaType, List<Optional<byte[]>> pictures) {

  /** Keeps the list from being changed. */
  public Film {
    pictures = List.copyOf(pictures);
  }
}
