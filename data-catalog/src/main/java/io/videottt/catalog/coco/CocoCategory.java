package io.videottt.catalog.coco;

/**
 * A category of a COCO file.
 *
 * @param classId class, from 0 to K - 1, in ascending order of the ids
 * @param id the file's own number
 * @param name what it is called
 * @param thing whether it is made of countable objects
 */
public record CocoCategory(int classId, long id, String name, boolean thing) {}
