"""Django's Korean puts 오전 and 오후 behind the hour; the portal counts to 24 as it does in English."""

DATETIME_FORMAT = "Y년 n월 j일 H:i"
SHORT_DATETIME_FORMAT = "Y-n-j. H:i"
TIME_FORMAT = "H:i"
