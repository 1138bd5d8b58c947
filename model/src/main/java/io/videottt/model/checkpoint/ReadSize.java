package io.videottt.model.checkpoint;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value of config.json that the shape of a tensor gives.
 *
 * @param key the object in config.json, a dot, and the key; or the key alone
 * @param value as config.json has it
 * @param tensor name in the checkpoint of a tensor that it is read off
 * @param shape of that tensor
 */
record ReadSize(String key, JsonNode value, String tensor, Shape shape) {}
