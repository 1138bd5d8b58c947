package io.videottt.catalog.miniature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.coco.CocoPanopticLayout;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.scenes.GeneratedVideo;
import io.videottt.catalog.scenes.SceneImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * COCO 2017 in small: stills with segments and objects, as JPEG files with masks as PNG files. What
 * COCO has no category for is void.
 *
 * @param parent folder that the data set's folder is made in
 * @param frames of every split
 */
record MiniatureCocoStills(Path parent, int frames) {

  static final String FOLDER = "coco";

  private static final int GROUP = 4;

  /** Writes images, masks and annotations and tells the number of images. */
  int write() throws IOException {
    DataSetDefinition definition = Catalog.builtIn().definition("coco-panoptic");
    CocoPanopticLayout layout = (CocoPanopticLayout) definition.layout();
    Path root = parent.resolve(FOLDER);
    int number = 0;
    for (SplitDefinition split : definition.splits().values()) {
      GeneratedVideo stills = MiniatureScenes.stills(split.folder(), frames, GROUP, number);
      ObjectNode panoptic = CocoScene.file();
      ObjectNode instances = CocoScene.file();
      ArrayNode images = panoptic.putArray("images");
      ArrayNode segments = panoptic.putArray("annotations");
      ArrayNode objects = instances.putArray("annotations");
      for (int i = 0; i < frames; i++) {
        SceneImage scene = stills.scene(i);
        CocoScene coco = new CocoScene(scene, CocoScene.VOID);
        int id = 1 + number * frames + i;
        String name = "%012d".formatted(id);
        PictureFiles.writeColour(
            root.resolve(place(layout.images(), split)).resolve(name + ".jpg"),
            stills.image(i, scene));
        coco.writeMask(root.resolve(place(layout.masks(), split)).resolve(name + ".png"));
        images.add(coco.image(id, name + ".jpg"));
        segments.add(coco.segments(id, name + ".png"));
        objects.addAll(coco.objects(id, objects.size() + 1));
      }
      instances.set("images", images.deepCopy());
      panoptic.set("categories", CocoScene.categories(definition, false));
      instances.set("categories", CocoScene.categories(definition, true));
      CocoScene.write(root.resolve(place(layout.panoptic(), split)), panoptic);
      CocoScene.write(root.resolve(place(layout.instances(), split)), instances);
      number++;
    }
    return number * frames;
  }

  private static String place(String name, SplitDefinition split) {
    return name.replace(CocoPanopticLayout.FOLDER, split.folder());
  }
}
