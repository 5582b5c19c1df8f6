"""Files and names made to hurt, through a whole run."""
