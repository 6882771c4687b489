"""Given names that are common in Sweden, for hints in `data.review.personal_data_hints`.

From the 500 most common names of women and of men in 2023 as the Institute for Language and
Folklore (Isof) publishes them, isof.se, in the selection of Faker 40.54.0 (MIT licence).
"""

from __future__ import annotations

_SURE = """
Aaron Abbas Abdi Abdirahman Abdul Abdullah Abdullahi Adam Adele Adnan Adrian Agne Agnes Agneta
Agnieszka Ahmad Ahmed Aina Aisha Alan Albert Alberto Albin Alejandro Aleksandra Alex Alexander
Alexandra Alexis Alf Alfons Algot Alice Alicia Alina Allan Alva Alvar Alve Alvin Amadeus Amalia
Amanda Amelia Amelie Amin Amina Amir Amira Ana Anas Anders Andrea Andreas Andres Andrew Andrzej
André Andréas Anette Angela Angelica Angelika Angelina Anita Anja Ann Anna Anne Anneli Annelie
Annette Annica Annie Annika Annikki Antero Anthony Anton Antonia Antonio Arne Arnold Aron Arthur
Artur Arvid Assar Asta Aston Astrid Aurora Axel Barbara Barbro Beata Beatrice Bella Bengt
Benjamin Benny Berit Berndt Bernhard Bernt Bert Bertil Betty Bianca Billy Birger Birgit Birgitta
Bjarne Bodil Boel Boris Brita Britt Britta Bruno Börje Cajsa Camilla Carin Carina Carl Carlos
Carmen Carola Carolin Carolina Caroline Casper Cassandra Catarina Catharina Cathrine Catrin
Cecilia Celine Charles Charlie Charlott Charlotta Charlotte Christel Christer Christian Christin
Christina Christine Christofer Christoffer Christopher Claes Clara Clas Claudia Colin Conny
Cornelia Cristina Curt Dagmar Dagny Daniel Daniela Daniella Dante David Denise Dennis Desirée
Diana Dick Doris Douglas Ebba Ebbe Eddie Edgar Edit Edith Edvard Edvin Edward Edwin Egon Einar
Eira Eivor Elena Eleonor Eleonora Elias Elin Elina Elinor Elis Elisa Elisabet Elisabeth Elise
Elizabeth Ella Ellen Ellie Ellinor Elliot Elly Elma Elmer Elna Elof Elsa Else Elsie Elsy Elton
Elvin Elvira Elvis Elvy Emanuel Emelie Emil Emilia Emilie Emilio Emily Emma Emmy Enar Engla Eric
Erica Erik Erika Erland Erling Erna Ernst Eskil Estelle Esther Ethel Eugen Eva Evald Evelina
Evelyn Evert Evy Ewa Fabian Fanny Fatima Felicia Felix Ferdinand Filip Filippa Florence Frank
Frans Fredric Fredrik Fredrika Freja Frida Fritz Gabriel Gabriella Georg George Gerd Gerda
Gerhard Gert Gertrud Gillis Gisela Glenn Gottfrid Greger Greta Gudrun Gun Gunborg Gunhild
Gunilla Gunnar Gunnel Gunvor Gustaf Gustav Göran Gösta Göte Hamid Hampus Hamza Hanna Hannah
Hannele Hannes Harald Harriet Hasan Hassan Hedda Hedvig Heidi Helen Helena Helene Helga Helge
Helmer Helén Heléne Henning Henric Henrietta Henrik Henry Herbert Herman Hilda Hilding Hillevi
Hilma Hjalmar Hjördis Holger Hugo Hussein Håkan Ian Ibrahim Ida Ilona Ilse Ina Ines Inez Inga
Ingalill Inge Ingeborg Ingegerd Ingegärd Ingela Ingemar Inger Ingmar Ingrid Ingvar Irene Irma
Iréne Isaac Isabel Isabell Isabella Isabelle Isac Isak Ismail Ivan Ivar Jack Jacob Jakob Jamal
James Jane Janet Jari Jarl Jasmine Jean Jeanette Jennie Jennifer Jenny Jens Jerker Jerry Jesper
Jessica Jill Jim Jimmie Jimmy Joachim Joacim Joakim Joanna Joel Johan Johanna Johannes John
Johnny Joline Jon Jonas Jonatan Jonathan Jonna Jonny Jose Josef Josefin Josefina Josefine Joseph
Josephine José Juan Judith Juhani Julia Julian Julie Julius Junior Jörgen Kaarina Kaj Kajsa
Kalevi Kalle Karim Karin Karina Karl Karolina Kasper Katarina Katarzyna Katharina Katja Katrin
Kennet Kenneth Kenny Kent Kenth Kerstin Kevin Khaled Khalid Kian Kim Kjell Klara Klas Knut
Konrad Krister Kristian Kristin Kristina Kristine Kristofer Kristoffer Krzysztof Kumar Kurt Lage
Laila Lars Lasse Laura Lea Leah Leena Leia Leif Leila Lena Lennart Leon Leona Leonard Leonardo
Leopold Li Liam Liisa Lilian Lillemor Lilly Lily Lina Linn Linnéa Linus Lisa Lisbet Lisbeth
Liselott Liselotte Livia Lotta Loui Louie Louis Louise Lovis Lovisa Lowe Lucas Ludvig Ludwig
Luis Lukas Lydia Lykke Maarit Madeleine Madelene Magdalena Magnus Mahdi Mahmoud Maja Majken
Majvor Malgorzata Malin Malte Malva Manfred Manuel Marcin Marco Marcus Marek Margaret Margareta
Margaretha Margit Margot Margret Maria Mariam Mariana Mariann Marianne Marie Marika Marina Mario
Marit Marita Marja Marjatta Marko Markus Marlene Marta Martin Martina Mary Maryam Matheo Mathias
Mathilda Matias Matilda Mats Matteo Matti Mattias Matts Maud Mauritz Maximilian May Maya Mehmet
Meja Melina Melissa Melker Melvin Melwin Mia Micael Michael Michaela Michal Michel Michelle
Miguel Mika Mikael Mikaela Mila Milan Milla Milo Milton Mimmi Minna Mira Miranda Miriam Mirjam
Moa Mohamad Mohamed Mohammad Mohammed Molly Mona Monica Monika Morgan Muhammad Mustafa Märta
Märtha Måns Mårten Nadia Nadja Nancy Nanna Natalia Natalie Natanael Nathalie Nellie Nelly Neo
Nicholas Nicklas Niclas Nicolas Nicole Niklas Nikola Nils Nina Noa Noah Noel Nora Nour Ola Olav
Olavi Ole Olga Oliver Olivia Oliwer Olle Olof Olov Omar Oscar Oskar Osman Ossian Ottilia Otto
Owe Patric Patricia Patrick Patrik Paul Paula Paulina Pauline Pawel Peder Pekka Pelle Pernilla
Peter Petra Petter Philip Pia Pierre Piotr Pontus Pär Rafael Ragnar Ragnhild Ralf Ralph Rasmus
Raymond Rebecca Rebecka Regina Reine Reinhold Renée Reza Richard Rickard Rigmor Rikard Robert
Roberto Robin Roger Roland Rolf Ronald Ronja Ronnie Ronny Rosita Roy Ruben Rudolf Ruth Sabina
Saleh Sally Sami Samir Samira Samuel Sandra Sanna Sara Sarah Sebastian Selma Seth Sigfrid Sigge
Signe Sigrid Sigurd Sigvard Simon Simone Siv Sivert Sixten Sofi Sofia Sofie Solveig Sonia Sonja
Sonny Sophia Sophie Staffan Stefan Stellan Stephanie Stina Sture Sune Susan Susann Susanna
Susanne Suzanne Svante Sven Sylvia Sören Tanja Tapani Tapio Ted Teodor Teresa Terese Teresia
Thea Theo Theodor Theres Therese Theresia Therése Thomas Thor Thore Thure Tilda Tilde Timo
Tindra Tobias Tomas Tomasz Tommy Toni Tony Tora Torbjörn Tord Tore Torgny Torsten Tova Tove
Tristan Ture Tuulikki Tuva Tyra Ulf Ulla Ulrica Ulrik Ulrika Uno Urban Valdemar Valentin
Valentina Valter Vanessa Vanja Vendela Verner Veronica Veronika Victor Victoria Vidar Viggo
Viktor Vilgot Vilhelm Vilhelmina Ville Vilma Vilmer Vincent Viveka Vivianne Waldemar Walter
Werner Wilhelm Wilhelmina Wille William Willy Wilma Wilmer Yasmin Ylva Yngve Yousef Yusuf Yvonne
Zahra Åke Åsa Åse Örjan Östen
"""
# also words, months, products or streets: a name only when a surname follows
_UNSURE = """
Alba Alfred Ali Alma August Ben Bill Björn Bo Bror Dag Dan Del Ester Folke Fred Hans Harry Idun
Iris Isa Jan Jasmin Juni Kai Kari Lara Leo Levi Linda Linnea Liv Lo Loke Lova Love Lucia Luna
Maj Mari Mark Max Mina Mio My Nova Ove Per Rita Rosa Rose Rune Rut Saga Said Sam Siri Stella
Sten Stig Svea Tage Thi Tim Tina Tom Tor Valborg Vega Vera Vide Viking Viktoria Viola
"""
SURE = frozenset(_SURE.split())
UNSURE = frozenset(_UNSURE.split())
