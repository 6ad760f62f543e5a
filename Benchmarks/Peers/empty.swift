// What a static Swift program costs that does nothing.
