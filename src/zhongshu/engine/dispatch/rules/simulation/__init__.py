"""Officers in the street in simulated time: what a roster or a rule of dispatch would do, before it is one."""
