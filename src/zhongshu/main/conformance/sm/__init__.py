"""The values printed in the standards of SM2, SM3 and SM4: `scoring` works them out again."""
