CREATE VIEW tall_trees AS SELECT id, name, height FROM trees WHERE height > 15;
