"""The reference models of BPMN's interchange group, or any folder of BPMN files.

`folder` finds the files and counts > `judging` says of one whether it is executed, refused or broken, and written back.
"""
