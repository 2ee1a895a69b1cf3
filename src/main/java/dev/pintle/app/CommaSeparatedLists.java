package dev.pintle.app;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.type.CollectionType;
import java.io.IOException;
import java.util.Arrays;

/** Accepts comma-separated text for lists of strings, because an environment variable cannot hold a YAML list. */
final class CommaSeparatedLists extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    private CommaSeparatedLists() {}

    static Module module() {
        return new SimpleModule("comma-separated-lists").setDeserializerModifier(new CommaSeparatedLists());
    }

    @Override
    public JsonDeserializer<?> modifyCollectionDeserializer(
            DeserializationConfig config, CollectionType type, BeanDescription bean, JsonDeserializer<?> list) {
        return type.getContentType().hasRawClass(String.class) ? new Splitting(list) : list;
    }

    private static final class Splitting extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        Splitting(JsonDeserializer<?> list) {
            super(list);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> list) {
            return new Splitting(list);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return super.deserialize(parser, context);
            }
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            Arrays.stream(parser.getText().split(",", -1))
                    .map(String::strip)
                    .filter(element -> !element.isEmpty())
                    .forEach(elements::add);
            try (JsonParser list = elements.traverse(parser.getCodec())) {
                list.nextToken();
                return super.deserialize(list, context);
            }
        }
    }
}
