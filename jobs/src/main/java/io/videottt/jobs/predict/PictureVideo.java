package io.videottt.jobs.predict;

import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import io.videottt.jobs.drawing.ImageFiles;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Pictures as the frames of a video, in the order of their names.
 *
 * @param id what the video is called
 * @param pictures at least one
 * @param names what their results are called
 * @param framesPerSecond above 0
 * @param files to read with
 */
record PictureVideo(
    String id, List<Path> pictures, ResultNames names, double framesPerSecond, ImageFiles files)
    implements Video {

  @Override
  public int frameCount() {
    return pictures.size();
  }

  @Override
  public String frameName(int index) {
    return names.of(pictures.get(index));
  }

  @Override
  public boolean annotated(int index) {
    return false;
  }

  @Override
  public Frame read(int index) {
    return new Frame(index, frameName(index), files.read(pictures.get(index)), GroundTruth.none());
  }
}
