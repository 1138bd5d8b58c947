package io.videottt.catalog.miniature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.coco.CocoVideosLayout;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.scenes.GeneratedVideo;
import io.videottt.catalog.scenes.SceneImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * COCO Videos in small: its ten videos by their names, of which every tenth frame, from the first
 * on, is annotated. What COCO has no category for is of the release's category 255.
 *
 * @param parent folder that the data set's folder is made in
 * @param frames of every video
 */
record MiniatureCocoVideos(Path parent, int frames) {

  static final String FOLDER = "coco_videos";

  private static final int GROUP = 3;
  private static final int ANNOTATED = 10;

  /** Writes images, masks and annotations and tells the number of images. */
  int write() throws IOException {
    DataSetDefinition definition = Catalog.builtIn().definition("coco-videos");
    CocoVideosLayout layout = (CocoVideosLayout) definition.layout();
    Path root = parent.resolve(FOLDER);
    int number = 0;
    for (SplitDefinition split : definition.splits().values()) {
      for (String id : split.videos()) {
        GeneratedVideo video = MiniatureScenes.drive(id, frames, GROUP, number++);
        ObjectNode json = CocoScene.file();
        ArrayNode images = json.putArray("images");
        ArrayNode annotations = json.putArray("annotations");
        for (int i = 0; i < frames; i++) {
          SceneImage scene = video.scene(i);
          String name = "%s_%04d.png".formatted(id, i + 1);
          PictureFiles.writeColour(
              root.resolve(layout.images()).resolve(id).resolve(name), video.image(i, scene));
          if (i % ANNOTATED == 0) {
            CocoScene coco = new CocoScene(scene, CocoScene.UNSCORED);
            coco.writeMask(root.resolve(layout.masks()).resolve(id).resolve(name));
            images.add(coco.image(i + 1, name));
            annotations.add(coco.segments(i + 1, name));
          }
        }
        json.set("categories", CocoScene.categories(definition, false));
        CocoScene.write(root.resolve(layout.panoptic()).resolve(id + ".json"), json);
      }
    }
    return number * frames;
  }
}
