"""The range of the API's Integer."""

# Integer is 32 bits wide in every AWS SDK but botocore, which sends larger ones unchecked.
INT32 = range(-(2**31), 2**31)
INT32_MIN, INT32_MAX = INT32.start, INT32.stop - 1
